package io.hubmesh.kernel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** How the address of a client is kept and shown: an IPv6 address in the one form of RFC 5952, anything else as it came, cut to a bound. */
public final class NetworkAddress {

    /** An IPv6 address with the name of a zone takes less; what a proxy passes on may be anything. In characters. */
    public static final int LONGEST = 64;

    /** Addresses only: whatever else a proxy passes on is never looked up as a name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{0,45}:[0-9A-Fa-f:.]{0,45}");

    private static final char ZONE = '%';
    private static final int GROUPS = 8;

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
            String address = InetAddress.getByName(bare) instanceof Inet6Address six
                    ? compressed(six.getAddress())
                    : InetAddress.getByName(bare).getHostAddress(); // IPv4 in the clothes of IPv6
            String whole = zone < 0 ? address : address + cut.substring(zone);
            return whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole;
        } catch (UnknownHostException noAddress) {
            return cut;
        }
    }

    /** Hexadecimal in lower case without leading zeros; the longest run of at least two zeros, the first of equals, is two colons. */
    private static String compressed(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int each = 0; each < GROUPS; each++) {
            groups[each] = Byte.toUnsignedInt(bytes[2 * each]) << Byte.SIZE | Byte.toUnsignedInt(bytes[2 * each + 1]);
        }
        int from = GROUPS;
        int length = 1;
        for (int start = 0; start < GROUPS; start++) {
            int zeros = zerosFrom(groups, start);
            if (zeros > length) {
                from = start;
                length = zeros;
            }
        }
        return from == GROUPS
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, from) + "::" + joined(groups, from + length, GROUPS);
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int each = from; each < to; each++) {
            text.append(each == from ? "" : ":").append(Integer.toHexString(groups[each]));
        }
        return text.toString();
    }
}
