/**
 * The whole configuration as one checked plan: the sections, the drivers' plans, and what only shows when all of it is
 * seen together, such as a pin or a topic that is used twice. It stands above {@code config} because drivers read their
 * own keys: a table of sensor keys in {@code config} would be a second place to edit for each new chip.
 */
@NullMarked
package io.walnutedge.plan;

import org.jspecify.annotations.NullMarked;
