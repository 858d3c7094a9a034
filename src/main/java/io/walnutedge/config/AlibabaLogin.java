package io.walnutedge.config;

import java.util.Locale;

/** Alibaba Cloud IoT, "Establish connections over MQTT". Stateless; any thread. */
final class AlibabaLogin {
    /** A digest that the signature may have. */
    enum Signature {
        SHA1,
        SHA256;

        private String label() {
            return "hmac" + name().toLowerCase(Locale.ROOT);
        }
    }

    private AlibabaLogin() {}

    static Login read(CloudLogin cloud) {
        return of(
                cloud.text("product-key"),
                cloud.text("device-name"),
                cloud.secret(),
                cloud.encrypted(),
                cloud.settings().choice("signature", Signature.SHA256));
    }

    /** The security mode 2 is TLS, 3 is TCP; the time is optional. */
    static FixedLogin of(String product, String device, Secret secret, boolean encrypted, Signature signature) {
        var mode = encrypted ? 2 : 3;
        return new FixedLogin(
                device + "|securemode=" + mode + ",signmethod=" + signature.label() + "|",
                device + "&" + product,
                Hmac.hex("Hmac" + signature, secret.utf8(), content(device, device, product)));
    }

    /** In the order of the names; a time would follow. */
    static String content(String client, String device, String product) {
        return "clientId" + client + "deviceName" + device + "productKey" + product;
    }
}
