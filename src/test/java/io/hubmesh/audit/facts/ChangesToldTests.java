package io.hubmesh.audit.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Quota;
import io.hubmesh.accounts.Quotas;
import io.hubmesh.accounts.Subject;
import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Filter;
import io.hubmesh.audit.chain.Trail;
import io.hubmesh.delivery.EgressBook;
import io.hubmesh.delivery.EgressCaps;
import io.hubmesh.library.LibrarySettings;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Versions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Changes that leave no trace where they were made are found in the audit. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ChangesToldTests {

    private final HubFixture hub;
    private final Accounts accounts;
    private final Versions versions;
    private final LibrarySettings settings;
    private final Quotas quotas;
    private final EgressBook egress;
    private final Trail trail;

    ChangesToldTests(
            HubFixture hub,
            Accounts accounts,
            Versions versions,
            LibrarySettings settings,
            Quotas quotas,
            EgressBook egress,
            Trail trail) {
        this.hub = hub;
        this.accounts = accounts;
        this.versions = versions;
        this.settings = settings;
        this.quotas = quotas;
        this.egress = egress;
        this.trail = trail;
    }

    @Test
    void aVersionThatIsRemovedAndAnotherDisplayNameAreTold() {
        Subject ada = hub.administrator();
        Resource folder = hub.folder();
        Resource file = hub.fileIn(folder, "a", HubFixture.bytes(10));
        hub.versionIn(folder, "a", "text/plain", HubFixture.bytes(11));
        versions.remove(ada, file.id(), 1);
        Subject member = hub.member();
        accounts.setDisplayName(member.accountId(), "Ben the Second");
        accounts.setDisplayName(member.accountId(), "Ben the Second");

        AuditRecord removed =
                told(file.id().toString(), Action.VERSIONS_REMOVED).get(0);
        assertThat(removed.objectName()).isEqualTo("a");
        assertThat(removed.detail()).isEqualTo("{\"versions\":\"1\"}");
        List<AuditRecord> renamed = told(member.accountId().toString(), Action.ACCOUNT_CHANGED);
        assertThat(renamed).hasSize(1);
        assertThat(renamed.get(0).detail())
                .isEqualTo("{\"before\":\"" + member.name() + "\",\"displayName\":\"Ben the Second\"}");
    }

    @Test
    void versionsThatThePolicyTakesAreToldAsTheHubs() {
        Subject ada = hub.administrator();
        Resource folder = hub.folder();
        Resource file = hub.fileIn(folder, "a", HubFixture.bytes(10));
        LibrarySettings.Policy before = settings.now();
        try {
            settings.change(ada, new LibrarySettings.Policy(before.version(), 2, 0, 0));
            for (int size = 11; size < 14; size++) {
                hub.versionIn(folder, "a", "text/plain", HubFixture.bytes(size));
            }
        } finally {
            settings.change(
                    ada,
                    new LibrarySettings.Policy(
                            settings.now().version(), before.versionsKept(), before.versionDays(), before.trashDays()));
        }

        List<AuditRecord> records = told(file.id().toString(), Action.VERSIONS_REMOVED);
        assertThat(records)
                .extracting(AuditRecord::detail)
                .containsExactly("{\"versions\":\"2\"}", "{\"versions\":\"1\"}");
        assertThat(records).extracting(AuditRecord::actorName).containsOnly(Actor.HUB.name());
    }

    @Test
    void quotasAndLimitsAreTold() {
        Subject member = hub.member();
        quotas.set(member.accountId(), new Quota(5L, null));
        quotas.clear(member.accountId());
        quotas.clear(member.accountId());
        String rate = Long.toString(EgressCaps.MOST);
        egress.change(hub.administrator(), EgressCaps.MOST, null, egress.now().version());
        egress.change(hub.administrator(), null, null, egress.now().version());

        assertThat(told(member.accountId().toString(), Action.ACCOUNT_CHANGED))
                .extracting(AuditRecord::detail)
                .containsExactly("{\"quota\":\"as everybody\"}", "{\"largestUpload\":\"none\",\"storageBytes\":\"5\"}");
        assertThat(told("egress", Action.SETTINGS_CHANGED))
                .extracting(AuditRecord::detail)
                .startsWith(
                        "{\"account\":\"none\",\"hub\":\"none\"}", "{\"account\":\"none\",\"hub\":\"" + rate + "\"}");
    }

    private List<AuditRecord> told(String object, Action action) {
        return trail.page(new Filter(null, action, object, null, null, null, null), null, 10);
    }
}
