package io.hubmesh.mesh.settings;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.events.MeshSettingsChanged;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The settings of the mesh as they are now, and the one way to change them. */
@Service
public class SettingsBook {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsBook.class);

    private final SettingsRow row;
    private final ApplicationEventPublisher events;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile Kept kept;

    SettingsBook(SettingsRow row, ApplicationEventPublisher events) {
        this.events = events;
        this.row = row;
        this.kept = new Kept(row.read(), row.secret().orElse(null));
    }

    private record Kept(MeshSettings settings, @Nullable String secret) {}

    /** As they are now; asks nothing of the database. */
    public MeshSettings now() {
        return kept.settings();
    }

    /** What the hub and its TURN servers share; for minting credentials and nothing else. */
    public Optional<String> turnSecret() {
        return Optional.ofNullable(kept.secret());
    }

    /**
     * Puts other settings in the place of those of that version. A secret is forgotten with the last TURN address.
     *
     * @throws InvalidSetting when one is out of its bounds
     * @throws ProblemException forbidden when the subject is no administrator, precondition-failed when the version is not
     *     the present one
     */
    public MeshSettings change(Subject subject, SettingsWish wish, long version) {
        if (!subject.isAdministrator()) {
            throw new ProblemException(ProblemCode.FORBIDDEN);
        }
        oneAtATime.lock();
        try {
            wish.check(kept.secret() != null);
            String secret = wish.turn().isEmpty() ? null : secretOf(wish);
            if (!row.write(wish, secret, version)) {
                throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
            }
            kept = new Kept(row.read(), secret);
            tell(subject, wish);
            events.publishEvent(new MeshSettingsChanged(
                    wish.turn(),
                    wish.turnSecret() != null,
                    wish.credentialLife(),
                    wish.leases().name(),
                    wish.grace(),
                    wish.secondStun()));
            return kept.settings();
        } finally {
            oneAtATime.unlock();
        }
    }

    private @Nullable String secretOf(SettingsWish wish) {
        return wish.turnSecret() == null ? kept.secret() : wish.turnSecret();
    }

    private static void tell(Subject subject, SettingsWish wish) {
        LOG.info(
                "{} has changed the settings of the mesh: TURN {} (secret {}), credentials {} min, leases {}, grace {} min,"
                        + " second STUN {}",
                subject.name(),
                wish.turn(),
                wish.turnSecret() == null ? "as before" : "new",
                wish.credentialLife().toMinutes(),
                wish.leases(),
                wish.grace().toMinutes(),
                wish.secondStun());
    }
}
