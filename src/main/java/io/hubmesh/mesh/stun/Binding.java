package io.hubmesh.mesh.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** Binding requests and success responses (RFC 8489). Pure: bytes in, bytes out. */
final class Binding {

    static final int HEADER_BYTES = 20;

    /** The largest request that is looked at; what browsers send has 20 to 40 bytes. */
    static final int LARGEST_REQUEST = 548;

    private static final int REQUEST = 0x0001;
    private static final int SUCCESS = 0x0101;
    private static final int MAGIC_COOKIE = 0x2112A442;
    private static final int TRANSACTION_BYTES = 12;
    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int SOFTWARE = 0x8022;
    private static final int FINGERPRINT = 0x8028;
    private static final int FINGERPRINT_XOR = 0x5354554e;
    private static final int FINGERPRINT_BYTES = 8;
    private static final int FIRST_OPTIONAL_ATTRIBUTE = 0x8000;
    private static final int FAMILY_IPV4 = 0x01;
    private static final int FAMILY_IPV6 = 0x02;
    private static final int IPV4_BYTES = 4;

    /** A multiple of four bytes, so that it needs no padding. */
    private static final byte[] SOFTWARE_NAME = "Hubmesh ".getBytes(StandardCharsets.US_ASCII);

    private Binding() {}

    /**
     * The answer to a datagram.
     *
     * @param datagram exactly the bytes that arrived
     * @return empty when it is anything but a well-formed Binding request that asks for nothing more
     */
    static Optional<ByteBuffer> answer(byte[] datagram, InetSocketAddress from) {
        if (!isRequest(datagram)) {
            return Optional.empty();
        }
        ByteBuffer transaction = ByteBuffer.wrap(datagram, HEADER_BYTES - TRANSACTION_BYTES, TRANSACTION_BYTES);
        byte[] address = mappedAddress(from, transaction.slice());
        int length = ATTRIBUTE_HEADER_BYTES
                + address.length
                + ATTRIBUTE_HEADER_BYTES
                + SOFTWARE_NAME.length
                + FINGERPRINT_BYTES;
        ByteBuffer response = ByteBuffer.allocate(HEADER_BYTES + length);
        response.putShort((short) SUCCESS)
                .putShort((short) length)
                .putInt(MAGIC_COOKIE)
                .put(transaction);
        response.putShort((short) XOR_MAPPED_ADDRESS)
                .putShort((short) address.length)
                .put(address);
        response.putShort((short) SOFTWARE)
                .putShort((short) SOFTWARE_NAME.length)
                .put(SOFTWARE_NAME);
        int fingerprint = fingerprint(response.array(), response.position());
        response.putShort((short) FINGERPRINT).putShort((short) Integer.BYTES).putInt(fingerprint);
        return Optional.of(response.flip());
    }

    static boolean isRequest(byte[] datagram) {
        if (datagram.length < HEADER_BYTES || datagram.length > LARGEST_REQUEST || datagram.length % 4 != 0) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(datagram);
        return buffer.getShort() == REQUEST
                && Short.toUnsignedInt(buffer.getShort()) == datagram.length - HEADER_BYTES
                && buffer.getInt() == MAGIC_COOKIE
                && hasOnlyKnownAttributes(datagram);
    }

    /** Attributes that must be understood, and none is, make it a request for something else. */
    private static boolean hasOnlyKnownAttributes(byte[] datagram) {
        ByteBuffer buffer = ByteBuffer.wrap(datagram).position(HEADER_BYTES);
        while (buffer.remaining() >= ATTRIBUTE_HEADER_BYTES) {
            int start = buffer.position();
            int type = Short.toUnsignedInt(buffer.getShort());
            int padded = (Short.toUnsignedInt(buffer.getShort()) + 3) / 4 * 4;
            if (type < FIRST_OPTIONAL_ATTRIBUTE || padded > buffer.remaining()) {
                return false;
            }
            if (type == FINGERPRINT) {
                return start + FINGERPRINT_BYTES == datagram.length
                        && padded == Integer.BYTES
                        && buffer.getInt() == fingerprint(datagram, start);
            }
            buffer.position(buffer.position() + padded);
        }
        return !buffer.hasRemaining();
    }

    /** RFC 8489, section 14.7: over everything before the attribute. */
    static int fingerprint(byte[] message, int length) {
        CRC32 crc = new CRC32();
        crc.update(message, 0, length);
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }

    /** RFC 8489, section 14.2. */
    static byte[] mappedAddress(InetSocketAddress from, ByteBuffer transaction) {
        byte[] address = from.getAddress().getAddress();
        ByteBuffer key = ByteBuffer.allocate(Integer.BYTES + TRANSACTION_BYTES);
        key.putInt(MAGIC_COOKIE).put(transaction.duplicate());
        ByteBuffer value = ByteBuffer.allocate(4 + address.length);
        value.putShort((short) (address.length == IPV4_BYTES ? FAMILY_IPV4 : FAMILY_IPV6));
        value.putShort((short) (from.getPort() ^ (MAGIC_COOKIE >>> Short.SIZE)));
        for (int index = 0; index < address.length; index++) {
            value.put((byte) (address[index] ^ key.get(index)));
        }
        return value.array();
    }

    /** Whom a datagram is counted against: an IPv4 address, or the /64 that one IPv6 subscriber usually has. */
    static ByteBuffer origin(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, bytes.length == IPV4_BYTES ? IPV4_BYTES : Long.BYTES)
                .slice();
    }
}
