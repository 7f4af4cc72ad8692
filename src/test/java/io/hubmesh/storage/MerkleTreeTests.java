package io.hubmesh.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTests {

    /** The inputs of the Certificate Transparency reference tests for RFC 6962. */
    private static final List<String> REFERENCE_INPUTS =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    /** And their roots over the first 1 to 8 of them. */
    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void theShapeIsTheOneOfRfc6962(int count, String expected) {
        ByteArrayOutputStream leaves = new ByteArrayOutputStream();
        for (String input : REFERENCE_INPUTS.subList(0, count)) {
            MessageDigest leaf = MerkleTree.beginLeaf();
            leaves.writeBytes(leaf.digest(HexFormat.of().parseHex(input)));
        }
        assertThat(HexFormat.of().formatHex(MerkleTree.root(leaves.toByteArray(), 0, count)))
                .isEqualTo(expected);
    }

    @Test
    void aPlainImplementationComesToTheSameRoot() {
        Random random = new Random(6962);
        for (int count = 0; count <= 130; count++) {
            byte[] leaves = new byte[count * MerkleTree.HASH_BYTES];
            random.nextBytes(leaves);
            assertThat(MerkleTree.root(leaves, 0, count)).isEqualTo(levelByLevel(leaves));
        }
    }

    @Test
    void theContentIdBindsTheSizeToo() {
        byte[] leaves = new byte[MerkleTree.HASH_BYTES];
        byte[] bound = ByteBuffer.allocate(2 + Long.BYTES + MerkleTree.HASH_BYTES)
                .put((byte) 2)
                .put((byte) 1)
                .putLong(65_536)
                .put(leaves)
                .array();
        assertThat(MerkleTree.contentId(65_536, leaves).hex())
                .isEqualTo(HexFormat.of().formatHex(MerkleTree.sha256().digest(bound)));
        assertThat(MerkleTree.contentId(65_535, leaves)).isNotEqualTo(MerkleTree.contentId(65_536, leaves));
    }

    /** Pairs up each level and carries an odd one over: another way to the same shape. */
    private static byte[] levelByLevel(byte[] leaves) {
        List<byte[]> level = new ArrayList<>();
        for (int at = 0; at < leaves.length; at += MerkleTree.HASH_BYTES) {
            level.add(Arrays.copyOfRange(leaves, at, at + MerkleTree.HASH_BYTES));
        }
        if (level.isEmpty()) {
            return MerkleTree.sha256().digest();
        }
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int at = 0; at < level.size(); at += 2) {
                above.add(at + 1 < level.size() ? node(level.get(at), level.get(at + 1)) : level.get(at));
            }
            level = above;
        }
        return level.get(0);
    }

    private static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = MerkleTree.sha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
