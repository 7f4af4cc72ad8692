package io.hubmesh.mesh.swarm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which network a peer is in, as far as its address tells: peers of one network are likely to reach each other quickly.
 *
 * @param prefix hexadecimal: the first 24 bits of an IPv4 address, of an IPv6 address the first 48; empty when unknown
 */
public record Network(String prefix) {

    /** Nobody is in the same unknown network as somebody else. */
    public static final Network UNKNOWN = new Network("");

    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;

    /** Addresses only: whatever else a proxy passes on is never looked up as a name. */
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** The network of an address in text form; a zone (RFC 4007) is left out of it. */
    public static Network of(@Nullable String address) {
        String bare = address == null ? "" : address.replaceFirst("%.*", "").replaceAll("[\\[\\]]", "");
        if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
            return UNKNOWN;
        }
        try {
            byte[] bytes = InetAddress.getByName(bare).getAddress();
            int length = bytes.length == 4 ? IPV4_BYTES : IPV6_BYTES;
            return new Network(HexFormat.of().formatHex(Arrays.copyOf(bytes, length)));
        } catch (UnknownHostException noAddress) {
            return UNKNOWN;
        }
    }

    boolean isKnown() {
        return !prefix.isEmpty();
    }
}
