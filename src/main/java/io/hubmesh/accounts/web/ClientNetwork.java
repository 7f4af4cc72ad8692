package io.hubmesh.accounts.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What somebody who guesses cannot change at will: an IPv4 address, or the first 64 bits of an IPv6 address, within which a home picks freely. */
final class ClientNetwork {

    private static final int IPV6_BYTES = 8;

    /** Addresses only: whatever else a proxy passes on is never looked up as a name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private ClientNetwork() {}

    static String of(String address) {
        String bare = address.replaceFirst("%.*", "");
        if (!IPV6.matcher(bare).matches()) {
            return bare;
        }
        try {
            byte[] bytes = InetAddress.getByName(bare).getAddress();
            return bytes.length > IPV6_BYTES
                    ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_BYTES)) + "/64"
                    : InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException noAddress) {
            return bare;
        }
    }
}
