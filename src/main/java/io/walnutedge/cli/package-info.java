/** The subcommands of the program. Each is one class; {@code Main} lists them. */
@NullMarked
package io.walnutedge.cli;

import org.jspecify.annotations.NullMarked;
