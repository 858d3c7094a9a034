package io.walnutedge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.Version;
import io.walnutedge.testkit.Command;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Where the libraries come from, and which they are. */
class SupplyChainTest {
    /** The newest of 4.1 when this was written. */
    private static final int LEAST_NETTY = 140;

    @Test
    void netty_isOfNow_inEachOfItsParts() {
        assertThat(Version.identify()).containsKeys("netty-codec", "netty-handler", "netty-transport", "netty-common");
        Version.identify().forEach((part, version) -> {
            var numbers = version.artifactVersion().split("\\.", -1);
            assertThat(Integer.parseInt(numbers[0])).as(part).isEqualTo(4);
            assertThat(Integer.parseInt(numbers[2])).as(part).isGreaterThanOrEqualTo(LEAST_NETTY);
        });
    }

    /** Maven 3 only warns of a download whose checksum is wrong unless it is told otherwise. */
    @Test
    void checksums_areStrict() throws Exception {
        assertThat(Files.readString(Command.PROJECT.resolve(".mvn/maven.config"))
                        .lines())
                .contains("--strict-checksums");
    }
}
