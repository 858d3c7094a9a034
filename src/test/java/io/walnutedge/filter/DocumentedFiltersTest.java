package io.walnutedge.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentedFiltersTest {
    private static final Pattern NAME = Pattern.compile("\\w+");

    private static String name(String filter) {
        return NAME.matcher(filter).results().findFirst().orElseThrow().group();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sensors.md", "sensors.zh.md"})
    void eachFilter_standsInTheTable(String document) throws IOException {
        var names = DocumentedFilters.examples(document).stream()
                .map(DocumentedFiltersTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).isEqualTo(new FilterReader("W").names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sensors.md", "sensors.zh.md"})
    void eachThatLooksAtEarlierValues_standsAboveTheTable(String document) throws IOException {
        Set<String> windows = DocumentedFilters.windows()
                .map(filter -> "`" + name(filter) + "`")
                .collect(Collectors.toSet());
        assertThat(windows).contains("`median`", "`average`", "`min`", "`max`", "`smooth`");
        assertThat(DocumentedFilters.introduction(document)).contains(windows);
    }
}
