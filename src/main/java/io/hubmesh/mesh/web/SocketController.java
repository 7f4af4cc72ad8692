package io.hubmesh.mesh.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.Welcome;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.signalling.Switchboard;
import io.hubmesh.mesh.swarm.Network;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Where the socket is. The filters have let the session or token in; a browser opens it from the hub's own pages only. What it rests on
 * is noted here, for the request is gone once it is open.
 */
@Controller
class SocketController {

    private final Switchboard switchboard;
    private final Welcome welcome;

    SocketController(Switchboard switchboard, Welcome welcome) {
        this.switchboard = switchboard;
        this.welcome = welcome;
    }

    /** @throws ProblemException as {@link Handshake#acceptedKey} */
    @GetMapping("/api/v1/mesh/socket")
    void open(Subject subject, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String key = Handshake.acceptedKey(request);
        Network network = Network.of(request.getRemoteAddr());
        Optional<String> host = HostName.of(request.getServerName());
        BooleanSupplier stillWelcome = welcome.of(subject, request);
        Handshake.answer(response, key);
        request.upgrade(PeerSocket.class)
                .begin(line -> switchboard.open(subject.accountId(), network, host, stillWelcome, line));
    }
}
