package io.walnutedge.vboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Boots one guest for the whole run at its first use and hands out its parts; JUnit closes it at the end. */
final class SharedBoard implements ParameterResolver {
    private static final Map<Class<?>, Function<VirtualBoard, Object>> PARTS =
            Map.of(Guest.class, VirtualBoard::guest, Chips.class, VirtualBoard::chips, Pins.class, VirtualBoard::pins);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return PARTS.containsKey(type) || type == I2cProgram.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.create(SharedBoard.class));
        VirtualBoard board = store.getOrComputeIfAbsent(VirtualBoard.class, key -> start(), VirtualBoard.class);
        if (parameter.getParameter().getType() == I2cProgram.class) {
            return store.getOrComputeIfAbsent(
                    I2cProgram.class, key -> I2cProgram.start(board.guest()), I2cProgram.class);
        }
        Function<VirtualBoard, Object> part = PARTS.get(parameter.getParameter().getType());
        if (part == null) {
            throw new IllegalStateException("not a part of the board: " + parameter);
        }
        return part.apply(board);
    }

    private static VirtualBoard start() {
        try {
            return VirtualBoard.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
