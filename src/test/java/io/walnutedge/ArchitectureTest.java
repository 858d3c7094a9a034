package io.walnutedge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The import table of the house. A new arrow between packages is a decision: it is made here. */
@AnalyzeClasses(packages = "io.walnutedge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.walnutedge.";
    private static final String[] ANYWHERE = {"java..", "org.slf4j..", "org.jspecify..", "com.google.auto.service.."};

    /** A package, and what it may import besides the JDK, slf4j and jspecify; names of ours stand without the root. */
    private record Row(String name, List<String> imports) {
        static Row of(String name, String... imports) {
            return new Row(name, List.of(imports));
        }
    }

    private static final List<Row> TABLE = List.of(
            Row.of("text"),
            Row.of("hocon", "text", "com.typesafe.config.."),
            Row.of("reading", "text"),
            Row.of("files", "natives", "com.sun.jna.."),
            Row.of("outbox", "files", "outbox.log"),
            Row.of("control", "timing"),
            Row.of("board", "text"),
            Row.of("natives"),
            Row.of("systemd", "natives", "com.sun.jna.."),
            Row.of("status", "files", "json"),
            Row.of("health", "json"),
            Row.of("json", "com.grack.nanojson.."),
            Row.of("config", "hocon", "json", "reading", "text", "com.typesafe.config..", "javax.crypto.."),
            Row.of("logging", "config", "text", "ch.qos.logback.."),
            Row.of("gpio", "board"),
            Row.of("sensor", "hocon", "reading", "text"),
            Row.of("sensor.i2c", "hocon", "reading", "sensor", "sensor.files"),
            Row.of("sensor.chip", "hocon", "reading", "sensor", "sensor.i2c"),
            Row.of("sensor.formula", "hocon", "reading", "sensor", "com.fathzer.soft.javaluator.."),
            Row.of("sensor.declared", "hocon", "reading", "sensor", "sensor.i2c"),
            Row.of(
                    "sensor.exec",
                    "hocon",
                    "json",
                    "natives",
                    "reading",
                    "sensor",
                    "sensor.text",
                    "text",
                    "com.sun.jna.."),
            Row.of(
                    "sensor.serial",
                    "hocon",
                    "natives",
                    "reading",
                    "sensor",
                    "sensor.files",
                    "sensor.text",
                    "text",
                    "com.fazecast.jSerialComm.."),
            Row.of("sensor.sysfs", "hocon", "json", "reading", "sensor", "sensor.files", "sensor.text", "text"),
            Row.of("sensor.text", "hocon", "reading", "sensor", "sensor.files"),
            Row.of("filter", "hocon", "reading", "state", "text"),
            Row.of("sampling", "config", "event", "filter", "reading", "sensor", "state", "text", "timing"),
            Row.of("command", "config", "control", "json", "reading", "state", "text", "timing"),
            Row.of("state", "files"),
            Row.of("actuator", "board", "gpio", "hocon", "reading", "sensor", "sensor.files", "sensor.i2c"),
            Row.of("output", "actuator", "command", "config", "control", "event", "reading", "state", "text"),
            Row.of("input", "board", "config", "control", "event", "gpio", "reading", "state", "text"),
            Row.of("mqtt", "config", "text", "timing"),
            Row.of(
                    "plan",
                    "actuator",
                    "config",
                    "filter",
                    "health",
                    "hocon",
                    "outbox",
                    "output",
                    "reading",
                    "sampling",
                    "sensor",
                    "sensor.files",
                    "sensor.i2c",
                    "text"),
            Row.of("hardware", "board", "gpio", "natives", "sensor", "sensor.files", "sensor.i2c", "com.pi4j.."),
            Row.of(
                    "simulate",
                    "actuator",
                    "board",
                    "config",
                    "hardware",
                    "hocon",
                    "output",
                    "plan",
                    "reading",
                    "sampling",
                    "sensor",
                    "sensor.files",
                    "sensor.formula",
                    "sensor.i2c",
                    "simulate.chip",
                    "text"),
            Row.of("simulate.chip", "hardware"),
            Row.of(
                    "discovery",
                    "board",
                    "config",
                    "event",
                    "filter",
                    "json",
                    "output",
                    "plan",
                    "reading",
                    "sampling",
                    "state"),
            Row.of("record", "json", "reading", "sensor", "sensor.files", "sensor.i2c", "text"),
            Row.of("watch", "actuator", "config", "health", "json", "output", "plan", "reading", "sampling", "text"),
            Row.of("discovery.homie", "command", "config", "discovery", "event", "json", "reading"),
            Row.of(
                    "daemon",
                    "actuator",
                    "board",
                    "command",
                    "config",
                    "control",
                    "discovery",
                    "event",
                    "files",
                    "gpio",
                    "health",
                    "hocon",
                    "input",
                    "json",
                    "mqtt",
                    "mqtt.paho",
                    "outbox",
                    "outbox.log",
                    "output",
                    "plan",
                    "publish",
                    "reading",
                    "sampling",
                    "sensor",
                    "state",
                    "status",
                    "systemd",
                    "text"),
            Row.of(
                    "mqtt.paho",
                    "config",
                    "mqtt",
                    "text",
                    "javax.net..",
                    "jdk.net..",
                    "org.eclipse.paho.client.mqttv3.."),
            Row.of("outbox.log", "files"),
            Row.of(
                    "publish",
                    "command",
                    "config",
                    "discovery",
                    "discovery.homie",
                    "event",
                    "json",
                    "mqtt",
                    "mqtt.paho",
                    "outbox",
                    "outbox.log",
                    "output",
                    "plan",
                    "reading",
                    "sampling",
                    "state",
                    "text"),
            Row.of("event", "reading"),
            Row.of("sensor.files", "sensor"),
            Row.of("timing"));

    /** Where the parts are put together: they may import all of ours, and nothing imports them but each other. */
    private static final List<String> TOP = List.of("cli", "demo");

    @Test
    void every_package_stands_in_the_table() {
        var known = Stream.concat(TABLE.stream().map(Row::name), TOP.stream()).toList();
        assertThat(importedClasses().stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(ROOT))
                        .map(name -> name.substring(ROOT.length()))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @ArchTest
    static final ArchRule only_the_top_imports_the_top = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "cli..", ROOT + "demo..")
            .and()
            .haveNameNotMatching("io\\.walnutedge\\.Main(\\$.*)?")
            .should()
            .dependOnClassesThat(resideInAnyPackage(ROOT + "cli..", ROOT + "demo.."));

    @TestFactory
    Stream<DynamicTest> packages_import_only_what_the_table_allows() {
        var classes = importedClasses();
        return TABLE.stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.name(),
                        () -> ArchRuleDefinition.classes()
                                .that()
                                .resideInAPackage(ROOT + row.name())
                                .should()
                                .onlyDependOnClassesThat(resideInAnyPackage(allowed(row)))
                                .allowEmptyShould(false)
                                .check(classes)));
    }

    private static JavaClasses importedClasses() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.walnutedge");
    }

    private static String[] allowed(Row row) {
        var allowed = new ArrayList<>(List.of(ANYWHERE));
        allowed.add(ROOT + row.name());
        row.imports().forEach(name -> allowed.add(name.endsWith("..") ? name : ROOT + name));
        return allowed.toArray(String[]::new);
    }

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("io.walnutedge.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule paho_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackages("io.walnutedge.mqtt.paho..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.eclipse.paho.."));

    /** What foreign text may do to a terminal is decided in one class. */
    @ArchTest
    static final ArchRule standard_streams_through_one_class = noClasses()
            .that()
            .haveNameNotMatching("io\\.walnutedge\\.(cli\\.(Cli|ServiceStart)|daemon\\.Fatal|logging\\.LogSetup)")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Numbers and words are the same everywhere: in names of files, in topics and payloads, on a terminal. */
    @ArchTest
    static final ArchRule nothing_depends_on_the_default_locale = noClasses().should(new DefaultLocale());

    @ArchTest
    static final ArchRule pi4j_only_in_hardware = noClasses()
            .that()
            .resideOutsideOfPackages("io.walnutedge.hardware..")
            .should()
            .dependOnClassesThat(resideInAPackage("com.pi4j.."));

    @ArchTest
    static final ArchRule sensors_do_not_log_or_make_threads = noClasses()
            .that()
            .resideInAPackage("io.walnutedge.sensor..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.slf4j.."))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, java.util.concurrent.ExecutorService.class);

    @ArchTest
    static final ArchRule no_process_execution_outside_systemd_and_exec = noClasses()
            .that()
            .resideOutsideOfPackages("io.walnutedge.systemd..", "io.walnutedge.sensor.exec..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class);
}
