package io.hubmesh.mesh.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against the test vectors of RFC 5769, as far as they concern what the hub does. */
class BindingTests {

    private static final HexFormat HEX = HexFormat.of();

    /** The transaction of every sample in RFC 5769, section 2. */
    private static final byte[] TRANSACTION = HEX.parseHex("b7e7a701bc34d686fa87dfae");

    /** RFC 5769, section 2.1: sample request. */
    private static final byte[] SAMPLE = HEX.parseHex("000100582112a442b7e7a701bc34d686fa87dfae"
            + "802200105354554e207465737420636c69656e74"
            + "002400046e0001ff"
            + "80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020"
            + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
            + "80280004e57a3bcf");

    @Test
    void theFingerprintIsTheOneOfTheSampleRequest() {
        assertThat(Binding.fingerprint(SAMPLE, SAMPLE.length - 8)).isEqualTo(0xe57a3bcf);
    }

    @Test
    void theAddressesAreTheOnesOfTheSampleResponses() throws UnknownHostException {
        assertThat(Binding.mappedAddress(new InetSocketAddress("192.0.2.1", 32853), ByteBuffer.wrap(TRANSACTION)))
                .isEqualTo(HEX.parseHex("0001a147e112a643"));
        InetAddress six = InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677");
        assertThat(Binding.mappedAddress(new InetSocketAddress(six, 32853), ByteBuffer.wrap(TRANSACTION)))
                .isEqualTo(HEX.parseHex("0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"));
    }

    @Test
    void answersAPlainRequest() {
        byte[] answer = Binding.answer(request(), new InetSocketAddress("192.0.2.1", 32853))
                .orElseThrow()
                .array();
        assertThat(HEX.formatHex(answer))
                .startsWith("010100202112a442b7e7a701bc34d686fa87dfae" + "002000080001a147e112a643" + "80220008"
                        + HEX.formatHex("Hubmesh ".getBytes(StandardCharsets.US_ASCII)) + "80280004");
        ByteBuffer fingerprint = ByteBuffer.wrap(answer, answer.length - 4, 4);
        assertThat(fingerprint.getInt()).isEqualTo(Binding.fingerprint(answer, answer.length - 8));
        assertThat(answer).hasSize(20 + 32);
    }

    @Test
    void whatMayBeIgnoredIsIgnored() {
        assertThat(Binding.isRequest(request("802200044142432e"))).isTrue();
        assertThat(Binding.isRequest(request("8022000341424300"))).isTrue();
        byte[] sealed = request("8028000400000000");
        ByteBuffer.wrap(sealed).putInt(sealed.length - 4, Binding.fingerprint(sealed, sealed.length - 8));
        assertThat(Binding.isRequest(sealed)).isTrue();
    }

    @Test
    void anythingElseIsDropped() {
        assertThat(Binding.isRequest(new byte[0])).isFalse();
        assertThat(Binding.isRequest(Arrays.copyOf(request(), 19))).isFalse();
        assertThat(Binding.isRequest(Arrays.copyOf(request(), 24)))
                .as("longer than it says")
                .isFalse();
        assertThat(Binding.isRequest(changed(0, 0x01))).as("a response").isFalse();
        assertThat(Binding.isRequest(changed(1, 0x03))).as("another method").isFalse();
        assertThat(Binding.isRequest(changed(3, 0x04))).as("length lies").isFalse();
        assertThat(Binding.isRequest(changed(4, 0x22))).as("no magic cookie").isFalse();
        assertThat(Binding.isRequest(changed(0, 0x80))).as("not STUN").isFalse();
        assertThat(Binding.isRequest(SAMPLE)).as("asks to be authenticated").isFalse();
        assertThat(Binding.isRequest(request("8022ffff41424344")))
                .as("an attribute beyond the end")
                .isFalse();
        assertThat(Binding.isRequest(request("8028000400000000")))
                .as("a wrong fingerprint")
                .isFalse();
        assertThat(Binding.isRequest(new byte[Binding.LARGEST_REQUEST + 4])).isFalse();
    }

    @Test
    void eachOriginHasItsOwnRate() {
        HandClock clock = new HandClock();
        OriginRate<String> rate = new OriginRate<>(clock, 2, 10);
        assertThat(rate.allows("a")).isTrue();
        assertThat(rate.allows("a")).isTrue();
        assertThat(rate.allows("a")).isFalse();
        assertThat(rate.allows("b")).isTrue();
        clock.turn(Duration.ofSeconds(1));
        assertThat(rate.allows("a")).isTrue();
    }

    @Test
    void theTableOfOriginsIsBounded() {
        OriginRate<Integer> rate = new OriginRate<>(new HandClock(), 1, 10);
        for (int origin = 0; origin < 1000; origin++) {
            rate.allows(origin);
        }
        assertThat(rate.size()).isEqualTo(10);
    }

    @Test
    void aSubscribersWholeIpv6NetworkIsOneOrigin() throws UnknownHostException {
        assertThat(Binding.origin(InetAddress.getByName("2001:db8:1:2::1")))
                .isEqualTo(Binding.origin(InetAddress.getByName("2001:db8:1:2:ffff::9")))
                .isNotEqualTo(Binding.origin(InetAddress.getByName("2001:db8:1:3::1")));
        assertThat(Binding.origin(InetAddress.getByName("192.0.2.1")))
                .isNotEqualTo(Binding.origin(InetAddress.getByName("192.0.2.2")));
    }

    static byte[] request(String... attributes) {
        byte[] rest = HEX.parseHex(String.join("", attributes));
        ByteBuffer buffer = ByteBuffer.allocate(20 + rest.length);
        buffer.putShort((short) 1).putShort((short) rest.length).putInt(0x2112A442);
        return buffer.put(TRANSACTION).put(rest).array();
    }

    private static byte[] changed(int index, int value) {
        byte[] request = request();
        request[index] = (byte) value;
        return request;
    }
}
