package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Thing;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.permissions.events.AccessDenied;
import io.hubmesh.web.events.RequestRefused;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** What was asked for and not given. A request that was refused over a resource is one refusal, not two. */
@Component
class RefusalFacts {

    private static final String TOLD = RefusalFacts.class.getName() + ".told";

    private final Journal journal;
    private final Refusals refusals;

    RefusalFacts(Journal journal, Refusals refusals) {
        this.journal = journal;
        this.refusals = refusals;
    }

    /** Decisions that no request asked for are the hub's own look-outs; peers' refusals are told by the mesh. */
    @EventListener
    void on(AccessDenied denied) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request == null) {
            return;
        }
        request.setAttribute(TOLD, true, RequestAttributes.SCOPE_REQUEST);
        ProblemCode code = denied.highest() == null ? ProblemCode.NOT_FOUND : ProblemCode.FORBIDDEN;
        refusals.add(
                journal.entry(Action.REQUEST_REFUSED, Thing.resource(denied.resource(), null))
                        .saying("needed", denied.needed())
                        .saying("has", denied.highest()),
                code.code());
    }

    @EventListener
    void on(RequestRefused refused) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null && request.getAttribute(TOLD, RequestAttributes.SCOPE_REQUEST) != null) {
            return;
        }
        Thing asked = Thing.of(Thing.Kind.REQUEST, refused.method() + " " + refused.path());
        refusals.add(
                journal.entry(Action.REQUEST_REFUSED, asked), refused.code().code());
    }
}
