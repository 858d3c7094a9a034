package io.walnutedge.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private final Selection selection = new Selection();
    private final List<Integer> asked = new ArrayList<>();

    private void refuse(int address) throws IOException {
        asked.add(address);
        throw new IOException("Device or resource busy");
    }

    @Test
    void device_selected_isNotSelectedAgain() throws IOException {
        selection.select(0x23, asked::add);
        selection.select(0x23, asked::add);
        selection.select(0x76, asked::add);

        assertThat(asked).containsExactly(0x23, 0x76);
    }

    @Test
    void device_refused_isRefusedAgainAndNeverMistakenForTheOneBefore() throws IOException {
        selection.select(0x23, asked::add);

        assertThatIOException().isThrownBy(() -> selection.select(0x76, this::refuse));
        assertThatIOException().isThrownBy(() -> selection.select(0x76, this::refuse));
        selection.select(0x23, asked::add);

        assertThat(asked).containsExactly(0x23, 0x76, 0x76, 0x23);
    }
}
