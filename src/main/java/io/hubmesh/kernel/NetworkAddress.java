package io.hubmesh.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.apache.tomcat.util.net.IPv6Utils;

/** How the address of a client is kept and shown: an IPv6 address in the one form of RFC 5952, anything else as it came, cut to a bound. */
public final class NetworkAddress {

    /** An IPv6 address with the name of a zone takes less; what a proxy passes on may be anything. In characters. */
    public static final int LONGEST = 64;

    /** Addresses only: whatever else a proxy passes on is never looked up as a name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{0,45}:[0-9A-Fa-f:.]{0,45}");

    private static final char ZONE = '%';

    private NetworkAddress() {}

    /** @param told by the container or by a proxy; a zone (RFC 4007) stays */
    public static String text(String told) {
        String cut = told.length() > LONGEST ? told.substring(0, LONGEST) : told;
        int zone = cut.indexOf(ZONE);
        String bare = zone < 0 ? cut : cut.substring(0, zone);
        if (!IPV6.matcher(bare).matches()) {
            return cut;
        }
        try {
            String address =
                    IPv6Utils.canonize(InetAddress.getByName(bare).getHostAddress()); // or IPv4, in the clothes of IPv6
            String whole = zone < 0 ? address : address + cut.substring(zone);
            return whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole;
        } catch (UnknownHostException noAddress) {
            return cut;
        }
    }
}
