package io.walnutedge.mqtt.paho;

import io.walnutedge.config.MqttConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Certificates and keys from PEM files (RFC 7468). Stateless; any thread. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** DER of AlgorithmIdentifier rsaEncryption, NULL (RFC 8017, A.1). */
    private static final byte[] RSA = der(
            0x30,
            new byte[] {0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 0x05, 0x00});
    /** DER of OBJECT IDENTIFIER id-ecPublicKey (RFC 5480, 2.1.1). */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private static final long MAX_BYTES = 1 << 20;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    /** ECPrivateKey.parameters, [0] (RFC 5915, 3). */
    private static final int EC_PARAMETERS = 0xa0;

    private record Block(String label, String body) {}

    private Pem() {}

    /** All certificates of a file, at least one. */
    static List<X509Certificate> certificates(Path file) throws TlsException {
        var certificates = new ArrayList<X509Certificate>();
        for (var block : blocks(file)) {
            if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
                certificates.add(certificate(file, block, certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException(file + " holds no certificate in PEM form (-----BEGIN CERTIFICATE-----), but "
                    + labels(file) + swapped(file, "PRIVATE KEY"));
        }
        return certificates;
    }

    private static X509Certificate certificate(Path file, Block block, int number) throws TlsException {
        try {
            var der = new ByteArrayInputStream(bytes(file, block));
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der);
        } catch (CertificateException damaged) {
            throw new TlsException("certificate " + number + " of " + file + " is damaged", damaged);
        }
    }

    /** The private key of a file: PKCS#8, or PKCS#1 and SEC 1 as openssl writes them for RSA and elliptic curves. */
    static PrivateKey privateKey(Path file) throws TlsException {
        for (var block : blocks(file)) {
            if (block.label.equals("ENCRYPTED PRIVATE KEY") || block.body.contains("ENCRYPTED")) {
                throw new TlsException(
                        file + " is encrypted, and there is nobody to type its password; decrypt it with "
                                + "'openssl pkey -in OLD -out NEW' and let only the daemon's user read it");
            }
            var key = bytes(file, block);
            switch (block.label) {
                case "PRIVATE KEY" -> {
                    return key(file, key);
                }
                case "RSA PRIVATE KEY" -> {
                    return key(file, der(SEQUENCE, VERSION_0, RSA, der(OCTETS, key)));
                }
                case "EC PRIVATE KEY" -> {
                    var algorithm = der(SEQUENCE, EC, curve(file, key));
                    return key(file, der(SEQUENCE, VERSION_0, algorithm, der(OCTETS, key)));
                }
                default -> {
                    // a certificate or curve parameters beside the key
                }
            }
        }
        throw new TlsException(file + " holds no private key in PEM form (-----BEGIN PRIVATE KEY-----), but "
                + labels(file) + swapped(file, "CERTIFICATE"));
    }

    private static String labels(Path file) throws TlsException {
        return blocks(file).stream().map(Block::label).distinct().collect(Collectors.joining(", "));
    }

    private static String swapped(Path file, String other) throws TlsException {
        return labels(file).contains(other) ? "; are certificate-file and key-file swapped?" : "";
    }

    private static PrivateKey key(Path file, byte[] pkcs8) throws TlsException {
        var spec = new PKCS8EncodedKeySpec(pkcs8);
        try {
            for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                } catch (InvalidKeySpecException another) {
                    // the key says itself which algorithm it is for, but no API tells; the next one
                }
            }
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
        throw new TlsException(file + " holds a private key that is neither RSA nor EC, or is damaged");
    }

    private static List<Block> blocks(Path file) throws TlsException {
        var text = text(file);
        if (text.isBlank()) {
            throw new TlsException(file + " is empty");
        }
        var blocks = BLOCK.matcher(text)
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .toList();
        if (blocks.isEmpty()) {
            throw new TlsException(file
                    + (text.charAt(0) == SEQUENCE
                            ? " is in DER form, not PEM; openssl makes the one of the other: openssl x509 -inform der -in OLD"
                                    + " -out NEW, for a key openssl pkey -inform der"
                            : " holds nothing in PEM form (-----BEGIN ...-----)"));
        }
        return blocks;
    }

    private static String text(Path file) throws TlsException {
        try {
            var noFile = MqttConfig.TlsConfig.noFile(file);
            if (noFile.isPresent()) {
                throw new TlsException(noFile.get());
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new TlsException(file + " is larger than 1 MiB: no certificates or key");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            throw new TlsException(file + " does not exist", missing);
        } catch (AccessDeniedException denied) {
            throw new TlsException(file + " may not be read by this user", denied);
        } catch (TlsException known) {
            throw known;
        } catch (IOException unreadable) {
            throw new TlsException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static byte[] bytes(Path file, Block block) throws TlsException {
        try {
            return Base64.getMimeDecoder().decode(block.body);
        } catch (IllegalArgumentException damaged) {
            throw new TlsException("the " + block.label + " of " + file + " is damaged", damaged);
        }
    }

    /** The curve's identifier out of an ECPrivateKey: SEQUENCE { INTEGER 1, OCTET STRING, [0] curve, [1] public key }. */
    private static byte[] curve(Path file, byte[] key) throws TlsException {
        try {
            for (var at = content(key, 0); at < key.length; at = end(key, at)) {
                if (Byte.toUnsignedInt(key[at]) == EC_PARAMETERS) {
                    return Arrays.copyOfRange(key, content(key, at), end(key, at));
                }
            }
        } catch (IndexOutOfBoundsException damaged) {
            throw new TlsException(file + " holds a damaged EC private key", damaged);
        }
        throw new TlsException(file + " holds an EC private key that does not name its curve");
    }

    /** Where the content of the DER element at {@code at} begins (X.690, 8.1.3). */
    private static int content(byte[] der, int at) {
        var length = Byte.toUnsignedInt(der[at + 1]);
        return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    private static int end(byte[] der, int at) {
        var content = content(der, at);
        var length = Byte.toUnsignedInt(der[at + 1]);
        if (length >= 0x80) {
            length = 0;
            for (var i = at + 2; i < content; i++) {
                length = length << 8 | Byte.toUnsignedInt(der[i]);
            }
        }
        if (length < 0 || content + length > der.length) {
            throw new IndexOutOfBoundsException("a DER element longer than what holds it");
        }
        return content + length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var length = content.size();
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (length < 0x80) {
            element.write(length);
        } else {
            // keys are shorter than 64 KiB
            element.write(0x82);
            element.write(length >> 8);
            element.write(length);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
