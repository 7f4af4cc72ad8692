package io.hubmesh.api.repeats;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A request whose body is hashed while somebody reads it, so that a file need not be kept to know it again. */
class HashedRequest extends HttpServletRequestWrapper {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final MessageDigest hash = sha256();
    private @Nullable ServletInputStream in;
    private long bytes;

    HashedRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (in == null) {
            in = new Hashing(super.getInputStream());
        }
        return in;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        String encoding = getCharacterEncoding();
        Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }

    /** How much of the body was read. */
    long bytes() {
        return bytes;
    }

    /** Reads what is left of the body. @return false when it has more than {@code most} bytes in all */
    boolean readOn(long most) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (bytes <= most) {
            if (getInputStream().read(buffer) < 0) {
                return true;
            }
        }
        return false;
    }

    /** What the whole request was; once, after the body was read. */
    String fingerprint() {
        MessageDigest whole = sha256();
        String head = getMethod() + '\n' + getRequestURI() + '\n' + getQueryString() + '\n' + getContentType() + '\n';
        whole.update(head.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(whole.digest(hash.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private final class Hashing extends ServletInputStream {

        private final ServletInputStream body;

        Hashing(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = body.read(buffer, offset, length);
            if (count > 0) {
                hash.update(buffer, offset, count);
                bytes += count;
            }
            return count;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
