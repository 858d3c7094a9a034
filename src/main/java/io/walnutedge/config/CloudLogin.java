package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Section {@code mqtt.login}: client id, user and password that a cloud computes from a device's secret, by each one's own
 * description of its MQTT login. Immutable; any thread.
 */
record CloudLogin(String clientId, String user, Secret password) {
    static final String SECTION = "login";

    /** The end of a token's time, where a cloud wants one: 2100-01-01, as a board may not know the time when it logs in. */
    private static final long NEVER = 4_102_444_800L;

    /** Of software without an agreement (Tencent IoT, MQTT login, sdkappid). */
    private static final String TENCENT_APP = "12010126";

    /** Any random text; a login with the same one follows the one before (Tencent IoT, MQTT login, connid). */
    private static final String TENCENT_CONNECTION = "walnu";

    /**
     * The login of a cloud; empty where there is none, and where it has user and password as they are.
     *
     * @param encrypted whether the broker is spoken to by TLS
     */
    static Optional<CloudLogin> read(ConfigTable mqtt, boolean encrypted) {
        var section = mqtt.section(SECTION);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        var type = LoginType.of(section.get());
        if (type.isEmpty()) {
            LoginType.missing(section.get());
        }
        return type.filter(each -> each != LoginType.PASSWORD).map(each -> read(mqtt, section.get(), each, encrypted));
    }

    private static CloudLogin read(ConfigTable mqtt, ConfigTable settings, LoginType type, boolean encrypted) {
        for (var key : List.of("client-id", "user", "password-file")) {
            if (mqtt.has(key)) {
                mqtt.problem(key, "and login exclude each other: the login computes it");
            }
        }
        var login = read(settings, type, encrypted);
        settings.finish();
        return login;
    }

    private static CloudLogin read(ConfigTable settings, LoginType type, boolean encrypted) {
        var secret = SecretFile.read(settings, "secret-file", settings.text("secret-file"));
        return switch (type) {
            case PASSWORD -> throw new IllegalArgumentException("the login of no cloud");
            case ALIBABA ->
                alibaba(
                        MqttText.read(settings, "product-key"),
                        MqttText.read(settings, "device-name"),
                        secret,
                        encrypted,
                        settings.choice("signature", Signature.SHA256));
            case HUAWEI -> huawei(MqttText.read(settings, "device-id"), secret);
            case ONENET ->
                oneNet(settings, MqttText.read(settings, "product-id"), MqttText.read(settings, "device-name"), secret);
            case TENCENT ->
                tencent(
                        settings,
                        MqttText.read(settings, "product-id"),
                        MqttText.read(settings, "device-name"),
                        secret);
        };
    }

    /** A digest that Alibaba's signatures may have. */
    enum Signature {
        SHA1,
        SHA256;

        private String label() {
            return "hmac" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Alibaba Cloud IoT, "Establish connections over MQTT": securemode 2 is TLS, 3 is TCP; the time is optional. */
    static CloudLogin alibaba(String product, String device, Secret secret, boolean encrypted, Signature signature) {
        var content = alibabaContent(device, device, product);
        var mode = encrypted ? 2 : 3;
        return new CloudLogin(
                device + "|securemode=" + mode + ",signmethod=" + signature.label() + "|",
                device + "&" + product,
                hex(hmac("Hmac" + signature, bytes(secret), content)));
    }

    /** In the order of the names; a time would follow. */
    static String alibabaContent(String client, String device, String product) {
        return "clientId" + client + "deviceName" + device + "productKey" + product;
    }

    /** Huawei Cloud IoTDA, "Device connection authentication": type 0 of the id, sign type 0, which does not look at the hour. */
    static CloudLogin huawei(String device, Secret secret) {
        var hour = "2000010100";
        var key = hour.getBytes(StandardCharsets.UTF_8);
        return new CloudLogin(
                device + "_0_0_" + hour, device, hex(hmac("HmacSHA256", key, new String(secret.reveal()))));
    }

    /** China Mobile OneNET, "token": version 2018-10-31; of the texts only the values are signed. */
    private static CloudLogin oneNet(ConfigTable settings, String product, String device, Secret secret) {
        return oneNet(product, device, decoded(settings, secret));
    }

    static CloudLogin oneNet(String product, String device, byte[] key) {
        var version = "2018-10-31";
        var resource = "products/" + product + "/devices/" + device;
        var sign = Base64.getEncoder()
                .encodeToString(hmac("HmacSHA256", key, NEVER + "\nsha256\n" + resource + "\n" + version));
        var token = "version=" + version + "&res=" + escaped(resource) + "&et=" + NEVER + "&method=sha256&sign="
                + escaped(sign);
        return new CloudLogin(device, product, new Secret(token));
    }

    /** As the token's description lists it; the percent sign first. */
    private static String escaped(String text) {
        return text.replace("%", "%25")
                .replace("+", "%2B")
                .replace(" ", "%20")
                .replace("/", "%2F")
                .replace("?", "%3F")
                .replace("#", "%23")
                .replace("&", "%26")
                .replace("=", "%3D");
    }

    private static CloudLogin tencent(ConfigTable settings, String product, String device, Secret secret) {
        return tencent(product, device, decoded(settings, secret));
    }

    /** Tencent IoT, "Device connection over MQTT", signed login. */
    static CloudLogin tencent(String product, String device, byte[] key) {
        var client = product + device;
        var user = client + ";" + TENCENT_APP + ";" + TENCENT_CONNECTION + ";" + NEVER;
        var sign = HexFormat.of().formatHex(hmac("HmacSHA256", key, user));
        return new CloudLogin(client, user, new Secret(sign + ";hmacsha256"));
    }

    private static byte[] decoded(ConfigTable settings, Secret secret) {
        try {
            return Base64.getDecoder().decode(new String(secret.reveal()));
        } catch (IllegalArgumentException broken) {
            settings.problem("secret-file", "holds no Base64, which this cloud's keys are written in");
            return new byte[1];
        }
    }

    private static byte[] bytes(Secret secret) {
        return new String(secret.reveal()).getBytes(StandardCharsets.UTF_8);
    }

    private static Secret hex(byte[] signature) {
        return new Secret(HexFormat.of().formatHex(signature));
    }

    static byte[] hmac(String algorithm, byte[] key, String content) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + algorithm, impossible);
        }
    }
}
