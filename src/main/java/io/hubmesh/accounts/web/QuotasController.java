package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Quota;
import io.hubmesh.accounts.Quotas;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.UsedStorage;
import io.hubmesh.kernel.AccountId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What accounts may keep on the hub, and what they do. All but one's own usage is for administrators. */
@RestController
@RequestMapping("/api/v1")
class QuotasController {

    private final Quotas quotas;
    private final UsedStorage used;

    QuotasController(Quotas quotas, UsedStorage used) {
        this.quotas = quotas;
        this.used = used;
    }

    @GetMapping("/me/usage")
    UsageResource mine(Subject subject) {
        return UsageResource.of(subject.accountId(), used, quotas);
    }

    @GetMapping("/accounts/default-quota")
    Quota forEverybody() {
        return quotas.forEverybody();
    }

    @PutMapping("/accounts/default-quota")
    Quota setForEverybody(@RequestBody Quota quota) {
        quotas.setForEverybody(quota);
        return quota;
    }

    /** What holds for the account, whether it is its own quota or the one for everybody. */
    @GetMapping("/accounts/{id}/quota")
    UsageResource of(@PathVariable String id) {
        return UsageResource.of(AccountId.of(id), used, quotas);
    }

    @PutMapping("/accounts/{id}/quota")
    UsageResource set(@PathVariable String id, @RequestBody Quota quota) {
        quotas.set(AccountId.of(id), quota);
        return of(id);
    }

    @DeleteMapping("/accounts/{id}/quota")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear(@PathVariable String id) {
        quotas.clear(AccountId.of(id));
    }
}
