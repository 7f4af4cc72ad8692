package io.hubmesh.accounts;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.security.SecureRandom;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Which passwords are taken, how they are made and kept. */
@Component
class Passwords {

    /** NIST SP 800-63B asks for at least 8; a shared hub deserves a little more. In characters. */
    static final int SHORTEST = 10;

    /** Bounds the work that a stranger can make the hash do. In characters. */
    static final int LONGEST = 128;

    /** No letter or digit that is mistaken for another when copied from a screen. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /** 16 of 54 symbols: 92 bits. */
    private static final int GENERATED_LENGTH = 16;

    private final PasswordEncoder encoder;
    private final SecureRandom random = new SecureRandom();

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
    }

    String generate() {
        StringBuilder password = new StringBuilder(GENERATED_LENGTH);
        for (int i = 0; i < GENERATED_LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    String hash(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw new ProblemException(
                    ProblemCode.INVALID_PASSWORD,
                    "A password has " + SHORTEST + " to " + LONGEST + " characters. Choose another one.");
        }
        return encoder.encode(password);
    }

    boolean matches(String password, String hash) {
        return encoder.matches(password, hash);
    }
}
