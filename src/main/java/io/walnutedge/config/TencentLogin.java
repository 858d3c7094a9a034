package io.walnutedge.config;

/** Tencent IoT, "Device connection over MQTT", signed login. Stateless; any thread. */
final class TencentLogin {
    /** Of software without an agreement (MQTT login, sdkappid). */
    private static final String APP = "12010126";

    /** Any random text; a login with the same one follows the one before (MQTT login, connid). */
    private static final String CONNECTION = "walnu";

    private TencentLogin() {}

    static Login read(CloudLogin cloud) {
        return of(cloud.text("product-id"), cloud.text("device-name"), cloud.decodedKey());
    }

    static FixedLogin of(String product, String device, byte[] key) {
        var client = product + device;
        var user = client + ";" + APP + ";" + CONNECTION + ";" + CloudLogin.NEVER;
        return new FixedLogin(client, user, Hmac.hex("HmacSHA256", key, user) + ";hmacsha256");
    }
}
