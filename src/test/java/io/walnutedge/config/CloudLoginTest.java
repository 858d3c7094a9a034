package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The digests without another source were computed with another implementation of HMAC, Python's. */
class CloudLoginTest {
    private static final String KEY = "KuF3NT/jUBJ62LNBB/A8XZA9CqS3Cu79B/ABmfA1UCw=";
    private static final DeviceConfig DEVICE =
            new DeviceConfig("board1", "0a1b2c3d", Path.of("/sys"), Path.of("/proc"), Path.of("/dev"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Problems problems = new Problems();

    private static String password(FixedLogin login) {
        return new String(login.password().orElseThrow().reveal());
    }

    private static FixedLogin login(MqttConfig mqtt) {
        return mqtt.connection().login().at(Instant.EPOCH);
    }

    private MqttConfig read(String login) throws Exception {
        return read(login, problems);
    }

    private MqttConfig read(String login, Problems problems) throws Exception {
        var file = Files.writeString(directory.resolve("secret"), KEY + "\n");
        var hocon = "broker = \"ssl://cloud:8883\", login { secret-file = \"" + file + "\", " + login + " }";
        return MqttConfig.from(ConfigFile.parse(hocon, problems), DEVICE);
    }

    /** The example in Alibaba Cloud's guide for open source MQTT clients, whose signature has a time as well. */
    @Test
    void alibaba_publishedSignature() {
        var content = AlibabaLogin.content("SN1928339", "light1983432", "a14Xib5kdYd");
        var secret = "oLyaKqVxtRvjH284LdhqVgVUx1UPy6zq".getBytes(StandardCharsets.UTF_8);
        var signature = Hmac.hex("HmacSHA1", secret, content + "timestamp1539421321846");
        assertThat(signature).isEqualTo("b2488041f64f425016b467ee1c94959ebd592ad1");
    }

    @Test
    void alibaba_namesTheModeAndTheDigest() {
        var secret = new Secret("cba236e94094a0399060a9fe355bef88");
        var login = AlibabaLogin.of("a1pC3rpU4xF", "Lock_1", secret, false, AlibabaLogin.Signature.SHA256);
        assertThat(login.clientId()).isEqualTo("Lock_1|securemode=3,signmethod=hmacsha256|");
        assertThat(login.user()).contains("Lock_1&a1pC3rpU4xF");
        assertThat(password(login)).isEqualTo("fe98c513958370c8b41aac2122ca6ec89b97c2ca3f3ec0cac699a5137c378c31");
        assertThat(AlibabaLogin.of("p", "d", secret, true, AlibabaLogin.Signature.SHA1)
                        .clientId())
                .isEqualTo("d|securemode=2,signmethod=hmacsha1|");
    }

    @Test
    void huawei_hasTheHourAsItsKey() {
        var login = HuaweiLogin.of("5e_board1", new Secret("f62e67bb9f22"));
        assertThat(login.clientId()).isEqualTo("5e_board1_0_0_2000010100");
        assertThat(login.user()).contains("5e_board1");
        assertThat(password(login)).isEqualTo("3eae1781fe23876e03caa85bd42676ed47b61b3207c7ae1cecfa4049ad9cae77");
    }

    @Test
    void oneNet_isAToken() {
        var login = OneNetLogin.of("123123", "board1", Base64.getDecoder().decode(KEY));
        assertThat(login.clientId()).isEqualTo("board1");
        assertThat(login.user()).contains("123123");
        assertThat(password(login))
                .isEqualTo("version=2018-10-31&res=products%2F123123%2Fdevices%2Fboard1&et=4102444800&method=sha256"
                        + "&sign=bukmmzA756K4SSycVqxi%2FoEaf8VeRNGr%2BewkwH0QZro%3D");
    }

    @Test
    void tencent_signsItsUser() {
        var login = TencentLogin.of("ABC123", "board1", Base64.getDecoder().decode(KEY));
        assertThat(login.clientId()).isEqualTo("ABC123board1");
        assertThat(login.user()).contains("ABC123board1;12010126;walnu;4102444800");
        assertThat(password(login))
                .isEqualTo("6b0ee97be006f5d3cab220cf185846757f0578dec5a79703b4e08b64669c72a2;hmacsha256");
    }

    @Test
    void login_isThatOfTheConnection_andSecret() throws Exception {
        var mqtt = read("type = tencent, product-id = ABC123, device-name = board1");
        assertThat(problems.list()).isEmpty();
        assertThat(login(mqtt).clientId()).isEqualTo("ABC123board1");
        assertThat(login(mqtt).user()).contains("ABC123board1;12010126;walnu;4102444800");
        assertThat(password(login(mqtt))).endsWith(";hmacsha256");
        assertThat(mqtt.toString()).doesNotContain("6b0ee97b").doesNotContain(KEY);
        assertThat(login(read("type = alibaba, product-key = p, device-name = d"))
                        .clientId())
                .isEqualTo("d|securemode=2,signmethod=hmacsha256|");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "type = tencnt; type",
                "type = huawei; device-id",
                "type = onenet, device-name = d; product-id",
                "type = alibaba, product-key = p, device-name = d, product-id = x; product-id"
            })
    void mistakes_areTold(String login, String key) throws Exception {
        read(login);
        assertThat(problems.list())
                .isNotEmpty()
                .anySatisfy(problem ->
                        assertThat(problem.toString()).contains("login").contains(key));
    }

    @Test
    void secretThatIsNoBase64_orMissing_isTold() throws Exception {
        var bad = Files.writeString(directory.resolve("bad"), "%%%");
        var login = "type = onenet, product-id = 1, device-name = d, secret-file = \"";
        MqttConfig.from(ConfigFile.parse("login { " + login + bad + "\" }", problems), DEVICE);
        MqttConfig.from(ConfigFile.parse("login { " + login + "/nowhere\" }", problems), DEVICE);
        assertThat(problems.list())
                .extracting(Problem::message)
                .anySatisfy(each -> assertThat(each).contains("no Base64"))
                .anySatisfy(each -> assertThat(each).contains("/nowhere cannot be read"));
    }

    @Test
    void userBesideALogin_isRefused() {
        var hocon = "user = u, login { type = huawei, device-id = d, secret-file = \"/nowhere\" }";
        MqttConfig.from(ConfigFile.parse(hocon, problems), DEVICE);
        assertThat(problems.list())
                .extracting(Problem::message)
                .anySatisfy(each -> assertThat(each).contains("exclude each other"));
    }

    /** With no more than what is needed. */
    private static String fewest(String cloud) {
        return Clouds.keys().getOrDefault(cloud, List.of()).stream()
                .map(key -> key + " = x")
                .collect(Collectors.joining(", "));
    }

    static Stream<String> clouds() {
        return Clouds.keys().keySet().stream();
    }

    /** A signed login without its type is none of them, however well the keys fit. */
    @ParameterizedTest
    @MethodSource("clouds")
    void withoutAType_noCloudIsGuessed(String cloud) throws Exception {
        var mqtt = read(fewest(cloud));
        assertThat(login(mqtt).user()).isEmpty();
        assertThat(problems.list())
                .singleElement()
                .asString()
                .contains("login.type: is missing; by its keys it is ")
                .containsPattern(": write type = (\\w+ or type = )*" + cloud + "\\b");
    }

    /** With its type, each of a cloud's keys is needed, and none of another's is taken. */
    @ParameterizedTest
    @MethodSource("clouds")
    void withAType_eachKeyBelongsToIt(String cloud) throws Exception {
        var mqtt = read("type = " + cloud + ", " + fewest(cloud));
        assertThat(problems.list()).isEmpty();
        // or each reload would need a restart
        assertThat(read("type = " + cloud + ", " + fewest(cloud))).isEqualTo(mqtt);
        for (var key : List.of("user = u", "password-file = \"/x\"", "nonsense = 1")) {
            var found = new Problems();
            read("type = " + cloud + ", " + fewest(cloud) + ", " + key, found);
            assertThat(found.list()).as(key).singleElement().asString().contains("unknown key");
        }
    }

    /** The keys of a type are those that its login reads. */
    @ParameterizedTest
    @MethodSource("clouds")
    void keysOfAType_areThoseThatItReads(String cloud) throws Exception {
        var type = LoginType.valueOf(cloud.toUpperCase(Locale.ROOT));
        assertThat(Clouds.keys().getOrDefault(cloud, List.of())).isNotEmpty();
        read("type = " + cloud + ", " + fewest(cloud) + ", nonsense-of-nobody = 1");
        var accepted = problems.list().get(0).message().replaceFirst(".*accepted here: ", "");
        assertThat(List.of(accepted.split(", ")))
                .filteredOn(key -> !key.equals("type"))
                .isEqualTo(type.accepted());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void cloud_hasAnExample_andARowInTheDocument(String cloud) throws Exception {
        assertThat(Path.of("config/examples/clouds", cloud + ".conf")).content().contains("type = " + cloud);
        var row = Files.readAllLines(Path.of("src/site/markdown/mqtt.md")).stream()
                .filter(line -> line.startsWith("| `" + cloud + "` | "));
        assertThat(row).singleElement().asString().contains(Clouds.keys().getOrDefault(cloud, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "username = u", "user = u, product-key = p", "token = t", "device-id = d, product-id = p"})
    void keysOfNoLogin_areToldWithAllThatThereAre(String login) throws Exception {
        var found = new Problems();
        MqttConfig.from(ConfigFile.parse("login { " + login + " }", found), DEVICE);
        assertThat(found.list())
                .singleElement()
                .asString()
                .contains(
                        "login.type: is missing, and the keys are those of no login",
                        "password (password-file, user)",
                        "huawei (device-id, secret-file)",
                        "tencent (device-name, product-id, secret-file)")
                .contains(Clouds.keys().keySet());
    }
}
