/**
 * The daemon as a whole: everything wired, started in order and stopped in reverse. What a package must not know of
 * another meets here, such as an output's state and the topic that tells it.
 */
@NullMarked
package io.walnutedge.daemon;

import org.jspecify.annotations.NullMarked;
