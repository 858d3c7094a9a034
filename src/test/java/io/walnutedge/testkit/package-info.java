/** What tests of several packages share: a real broker, and clients beside the one under test. */
@NullMarked
package io.walnutedge.testkit;

import org.jspecify.annotations.NullMarked;
