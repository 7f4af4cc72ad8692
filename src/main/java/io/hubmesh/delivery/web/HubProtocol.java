package io.hubmesh.delivery.web;

import java.util.Collection;
import java.util.List;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** The container's own protocol, which also tells the connections that are open. Public, for the container makes it by its name. */
public final class HubProtocol extends Http11NioProtocol {

    /** Those that are open at this moment. */
    Collection<SocketWrapperBase<NioChannel>> connections() {
        return List.copyOf(getEndpoint().getConnections());
    }
}
