package io.walnutedge.mqtt.paho;

import io.walnutedge.config.MqttConfig.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** What section {@code mqtt.tls} means to Java. Stateless; any thread. */
public final class Tls {
    private static final char[] NO_PASSWORD = {};

    private Tls() {}

    /**
     * Reads the files; done anew for each connection, so that a renewed certificate needs no restart.
     *
     * @throws TlsException if one of them cannot be used
     */
    public static SSLContext load(TlsConfig config) throws TlsException {
        try {
            var context = SSLContext.getInstance("TLS");
            // null: the certificates that Java trusts by default, and no certificate of our own
            context.init(
                    config.certificateFile().isPresent()
                            ? own(
                                    config.certificateFile().get(),
                                    config.keyFile().orElseThrow())
                            : null,
                    config.caFile().isPresent() ? trusted(config.caFile().get()) : null,
                    null);
            return context;
        } catch (GeneralSecurityException | IOException trouble) {
            throw trouble instanceof TlsException known
                    ? known
                    : new TlsException("TLS cannot be set up: " + trouble.getMessage(), trouble);
        }
    }

    private static TrustManager[] trusted(Path caFile) throws GeneralSecurityException, IOException {
        var store = empty();
        var number = 0;
        for (var certificate : Pem.certificates(caFile)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] own(Path certificateFile, Path keyFile) throws GeneralSecurityException, IOException {
        var chain = Pem.certificates(certificateFile);
        var key = Pem.privateKey(keyFile);
        if (!belong(key, chain.get(0))) {
            throw new TlsException(keyFile + " is not the key of the first certificate in " + certificateFile);
        }
        var store = empty();
        store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    /** Whether what the key signs is verified by the certificate. */
    private static boolean belong(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        var signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "EdDSA";
                });
        var probe = new byte[] {1, 2, 3};
        signature.initSign(key);
        signature.update(probe);
        var signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        return signature.verify(signed);
    }
}
