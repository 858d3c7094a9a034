package io.walnutedge.config;

import java.nio.charset.StandardCharsets;

/** Huawei Cloud IoTDA, "Device connection authentication". Stateless; any thread. */
final class HuaweiLogin {
    private HuaweiLogin() {}

    static Login read(CloudLogin cloud) {
        return of(cloud.text("device-id"), cloud.secret());
    }

    /** Type 0 of the id, sign type 0, which does not look at the hour. */
    static FixedLogin of(String device, Secret secret) {
        var hour = "2000010100";
        var key = hour.getBytes(StandardCharsets.UTF_8);
        return new FixedLogin(
                device + "_0_0_" + hour, device, Hmac.hex("HmacSHA256", key, new String(secret.reveal())));
    }
}
