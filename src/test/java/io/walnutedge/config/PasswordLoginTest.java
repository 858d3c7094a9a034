package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordLoginTest {
    @TempDir
    Path directory;

    private final Problems problems = new Problems();
    private Path credentials;

    @BeforeEach
    void makeFolder() throws IOException {
        credentials = Files.createDirectory(directory.resolve("credentials"));
    }

    private FixedLogin read(String mqtt, Map<String, String> environment) throws Exception {
        var file = Files.writeString(directory.resolve("application.conf"), "mqtt {" + mqtt + "\n}");
        return PasswordLogin.read(
                ConfigFile.openWithParts(file, problems).sectionOrEmpty("mqtt"), "board", environment);
    }

    private FixedLogin ofService(String mqtt) throws Exception {
        return read(mqtt, Map.of("CREDENTIALS_DIRECTORY", credentials.toString()));
    }

    private void credential(String name, String text) throws IOException {
        Files.writeString(credentials.resolve(name), text);
    }

    private void assertLogin(FixedLogin login, String user, String password) {
        assertThat(problems.list()).isEmpty();
        assertThat(login.user()).contains(user);
        assertThat(login.password().map(secret -> new String(secret.reveal()))).contains(password);
        assertThat(login.toString()).doesNotContain(password + "]").contains("****");
    }

    private String problem() {
        assertThat(problems.list()).hasSize(1);
        return problems.list().get(0).toString();
    }

    @Test
    void withoutAnything_thereIsNoLogin() throws Exception {
        assertThat(ofService("")).isEqualTo(new FixedLogin("board", Optional.empty(), Optional.empty()));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void oneFile_hasBoth() throws Exception {
        credential("credentials_mqtt-login", "walnut:ge:heim\n");
        assertLogin(ofService(""), "walnut", "ge:heim");
    }

    @Test
    void sameUserInTheConfiguration_isNoContradiction_andAnotherIs() throws Exception {
        credential("mqtt-login", "walnut:geheim");
        assertLogin(ofService("user = walnut"), "walnut", "geheim");
        ofService("user = somebody");
        assertThat(problem()).contains("is another one than in").doesNotContain("geheim");
    }

    @Test
    void passwordOfItsOwn_goesWithTheUser() throws Exception {
        credential("mqtt-password", "geheim\n");
        assertLogin(ofService("user = walnut"), "walnut", "geheim");
        credential("mqtt-login", "another:one");
        assertLogin(ofService("user = walnut"), "walnut", "geheim");
        assertLogin(ofService(""), "another", "one");
    }

    @Test
    void passwordWithoutAUser_isAProblem() throws Exception {
        credential("credentials_mqtt-password", "geheim");
        ofService("");
        assertThat(problem())
                .contains("mqtt.user: is required beside a password")
                .doesNotContain("geheim");
    }

    @Test
    void file_winsOverCredentials() throws Exception {
        credential("mqtt-login", "another:one");
        var file = Files.writeString(directory.resolve("pw"), "geheim");
        assertLogin(ofService("user = walnut, password-file = \"" + file + "\""), "walnut", "geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"geheim", ":geheim", "a:geheim\nb:geheim"})
    void anythingElse_isRefused_andNotShown(String text) throws Exception {
        credential("mqtt-login", text);
        ofService("");
        assertThat(problem())
                .contains("mqtt-login must have one line with user:password")
                .doesNotContain("geheim");
    }

    @Test
    void emptyFile_isOneProblem() throws Exception {
        credential("mqtt-login", "\n");
        ofService("");
        assertThat(problem()).contains("mqtt-login is empty");
    }

    @Test
    void commandThatIsTyped_looksBesideTheConfiguration_andTheServiceDoesNot() throws Exception {
        credential("mqtt-login", "walnut:geheim");
        assertLogin(read("", Map.of()), "walnut", "geheim");
        var empty = Files.createDirectory(directory.resolve("empty"));
        assertThat(read("", Map.of("CREDENTIALS_DIRECTORY", empty.toString())).user())
                .isEmpty();
    }

    @Test
    void secretsThatEverybodyCanRead_areTold() throws Exception {
        var open = PosixFilePermissions.fromString("rwxr-xr-x");
        var closed = PosixFilePermissions.fromString("rwx------");
        credential("mqtt-login", "walnut:geheim");
        var password = Files.writeString(directory.resolve("pw"), "geheim");
        read("user = a, password-file = \"" + password + "\"", Map.of());
        var config = directory.resolve("application.conf");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(credentials.resolve("mqtt-login"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(directory, open);
        Files.setPosixFilePermissions(credentials, open);

        assertThat(SecretFiles.warnings(config))
                .hasSize(2)
                .anySatisfy(told -> assertThat(told).startsWith(password + " can be read by every user"))
                .anySatisfy(told -> assertThat(told).startsWith(credentials + "/mqtt-login can be read by every user"));
        Files.setPosixFilePermissions(credentials, closed);
        assertThat(SecretFiles.warnings(config)).hasSize(1);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(SecretFiles.warnings(config)).isEmpty();
    }

    @Test
    void tableOfUserAndPassword_isALoginAsItIs() throws Exception {
        var file = Files.writeString(directory.resolve("secret"), "p a ss\n");
        for (var type : new String[] {"", "type = password, "}) {
            assertLogin(ofService("login { " + type + "user = pi, password-file = \"" + file + "\" }"), "pi", "p a ss");
        }
        credential("mqtt-password", "other");
        assertLogin(ofService("login { user = pi }"), "pi", "other");
        assertThat(MqttConfig.from(
                                ConfigFile.parse("client-id = c, login { user = pi }", problems),
                                new DeviceConfig("a", "", Path.of("/sys"), Path.of("/proc"), Path.of("/dev")))
                        .connection()
                        .login()
                        .at(Instant.EPOCH)
                        .clientId())
                .isEqualTo("c");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "user = u, login { user = pi }; user: and login exclude each other",
                "login { user = pi, password = geheim }; a password does not stand in the configuration",
                "login { type = password, user = pi, product-key = geheim }; unknown key",
                "login { type = pasword, user = pi }; did you mean 'password'?",
                "login { password-file = \"/nowhere\" }; user: is required beside a password"
            })
    void mistakesInTheTable_areTold(String mqtt, String why) throws Exception {
        ofService(mqtt);
        assertThat(problems.list())
                .anySatisfy(problem -> assertThat(problem.toString()).contains(why));
        assertThat(problems.list().toString()).doesNotContain("geheim");
    }
}
