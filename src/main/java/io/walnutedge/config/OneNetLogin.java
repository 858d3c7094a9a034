package io.walnutedge.config;

import java.util.Base64;

/** China Mobile OneNET, "token": version 2018-10-31; of the texts only the values are signed. Stateless; any thread. */
final class OneNetLogin {
    private OneNetLogin() {}

    static Login read(CloudLogin cloud) {
        return of(cloud.text("product-id"), cloud.text("device-name"), cloud.decodedKey());
    }

    static FixedLogin of(String product, String device, byte[] key) {
        var version = "2018-10-31";
        var resource = "products/" + product + "/devices/" + device;
        var content = CloudLogin.NEVER + "\nsha256\n" + resource + "\n" + version;
        var sign = Base64.getEncoder().encodeToString(Hmac.of("HmacSHA256", key, content));
        var token = "version=" + version + "&res=" + escaped(resource) + "&et=" + CloudLogin.NEVER
                + "&method=sha256&sign=" + escaped(sign);
        return new FixedLogin(device, product, token);
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
}
