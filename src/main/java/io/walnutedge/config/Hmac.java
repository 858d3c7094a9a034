package io.walnutedge.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of a cloud's login (RFC 2104). Stateless; any thread. */
final class Hmac {
    private Hmac() {}

    /** @param algorithm as Java names it, such as {@code HmacSHA256} */
    static byte[] of(String algorithm, byte[] key, String content) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + algorithm, impossible);
        }
    }

    /** In lower-case hexadecimal. */
    static String hex(String algorithm, byte[] key, String content) {
        return HexFormat.of().formatHex(of(algorithm, key, content));
    }
}
