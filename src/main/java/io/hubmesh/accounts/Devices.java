package io.hubmesh.accounts;

import io.hubmesh.kernel.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Knows again a browser that has signed in to an account before. What the browser keeps is a name of 128 random bits and a MAC of it and
 * the account, whose key is the account's password hash: the hub keeps nothing, and another password makes all of them void. It opens
 * nothing; it only tells a person who has forgotten from a stranger who guesses.
 */
@Component
@Transactional(readOnly = true)
public class Devices {

    private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})");
    private static final int NAME_BYTES = 16;
    private static final String MAC = "HmacSHA256";

    /** The key for names that do not exist, so that they cost the same work. */
    private static final String NOBODYS = "nobody's";

    private final AccountRows rows;
    private final SecureRandom random = new SecureRandom();

    Devices(AccountRows rows) {
        this.rows = rows;
    }

    /** What a browser is to keep from now on; empty when there is no such account. */
    public Optional<String> proofFor(AccountId account) {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        String device = base64(name);
        return rows.findById(account.value())
                .map(row -> device + "." + mac(row.toAccount(), row.passwordHash(), device));
    }

    /** The browser that a proof names, if it is one for the account of this name. */
    public Optional<String> recognise(String accountName, String proof) {
        Matcher shape = SHAPE.matcher(proof);
        if (!shape.matches()) {
            return Optional.empty();
        }
        String device = shape.group(1);
        Optional<AccountRow> row = rows.findByName(Accounts.canonical(accountName));
        String right = row.map(found -> mac(found.toAccount(), found.passwordHash(), device))
                .orElseGet(() -> mac(NOBODYS, NOBODYS, device));
        boolean proven = MessageDigest.isEqual(
                right.getBytes(StandardCharsets.US_ASCII), shape.group(2).getBytes(StandardCharsets.US_ASCII));
        return proven && row.isPresent() ? Optional.of(device) : Optional.empty();
    }

    private static String mac(Account account, String key, String device) {
        return mac(account.id().toString(), key, device);
    }

    private static String mac(String account, String key, String device) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), MAC));
            return base64(mac.doFinal(("device " + account + ' ' + device).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
