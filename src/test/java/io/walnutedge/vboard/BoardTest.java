package io.walnutedge.vboard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test class for either guest: its methods take {@link Guest}, {@link Chips} and {@link Pins} as parameters. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("board-uml")
@Tag("board-arm64")
@ExtendWith(SharedBoard.class)
@interface BoardTest {}
