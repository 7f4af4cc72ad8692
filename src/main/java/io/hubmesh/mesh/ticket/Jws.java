package io.hubmesh.mesh.ticket;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Compact JWS with EdDSA (RFC 7515, RFC 8037), and nothing else: no other algorithm is ever looked at. */
final class Jws {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    /** Header, claims, signature. */
    private static final int PARTS = 3;

    /** {@code alg}, {@code typ}, {@code kid}. */
    private static final int HEADER_MEMBERS = 3;

    private Jws() {}

    static ObjectNode claims() {
        return JSON.createObjectNode();
    }

    static String sign(SigningKey key, String type, ObjectNode claims) {
        ObjectNode header =
                JSON.createObjectNode().put("alg", "EdDSA").put("typ", type).put("kid", key.kid());
        String input = encode(header) + "." + encode(claims);
        return input + "." + ENCODER.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The claims; empty unless {@code key} signed exactly this text as that type. */
    static Optional<JsonNode> verify(SigningKey key, String type, String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            JsonNode header = JSON.readTree(DECODER.decode(parts[0]));
            boolean expected = header.size() == HEADER_MEMBERS
                    && "EdDSA".equals(header.path("alg").asString(""))
                    && type.equals(header.path("typ").asString(""))
                    && key.kid().equals(header.path("kid").asString(""));
            if (!expected || !signed(key, parts)) {
                return Optional.empty();
            }
            return Optional.of(JSON.readTree(DECODER.decode(parts[1]))).filter(JsonNode::isObject);
        } catch (IllegalArgumentException | JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static boolean signed(SigningKey key, String[] parts) {
        byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = DECODER.decode(parts[2]);
        // the decoder overlooks padding and stray bits: the same ticket would have many texts
        return ENCODER.encodeToString(signature).equals(parts[2]) && key.signed(input, signature);
    }

    private static String encode(ObjectNode node) {
        return ENCODER.encodeToString(JSON.writeValueAsBytes(node));
    }
}
