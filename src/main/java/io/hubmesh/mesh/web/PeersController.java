package io.hubmesh.mesh.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.signalling.Switchboard;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Peers, for administrators. */
@RestController
class PeersController {

    private final Switchboard switchboard;

    PeersController(Switchboard switchboard) {
        this.switchboard = switchboard;
    }

    /** Puts a peer out of the mesh and takes its account's tickets back; 404 when there is no such peer. */
    @DeleteMapping("/api/v1/mesh/peers/{peer}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void drop(Subject subject, @PathVariable("peer") String peer) {
        if (!subject.isAdministrator()) {
            throw new ProblemException(ProblemCode.FORBIDDEN);
        }
        switchboard.drop(new PeerId(peer));
    }
}
