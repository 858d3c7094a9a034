package io.walnutedge.sensor;

import java.util.List;

/**
 * Air quality index of the United States, 0 to 500 and beyond (EPA-454/B-24-002, May 2024, section IV and table 6). There it is
 * an index of concentrations averaged over 24 hours; here it is that of the concentrations at hand. Stateless; any thread.
 */
final class AirQualityIndex {
    /** Of particles up to 2.5 µm, truncated to tenths of µg/m³. */
    private static final List<Step> PM2_5 = List.of(
            new Step(0, 9, 0, 50),
            new Step(9.1, 35.4, 51, 100),
            new Step(35.5, 55.4, 101, 150),
            new Step(55.5, 125.4, 151, 200),
            new Step(125.5, 225.4, 201, 300),
            new Step(225.5, 325.4, 301, 500));

    /** Of particles up to 10 µm, truncated to whole µg/m³. */
    private static final List<Step> PM10 = List.of(
            new Step(0, 54, 0, 50),
            new Step(55, 154, 51, 100),
            new Step(155, 254, 101, 150),
            new Step(255, 354, 151, 200),
            new Step(355, 424, 201, 300),
            new Step(425, 604, 301, 500));

    /** So that 35.3, which has no exact binary form, stays what it is. */
    private static final double BINARY = 1e-6;

    private AirQualityIndex() {}

    private record Step(double low, double high, int lowIndex, int highIndex) {
        double index(double concentration) {
            return lowIndex + (highIndex - lowIndex) * (concentration - low) / (high - low);
        }
    }

    /** The higher one of both indices; concentrations in µg/m³. */
    static double of(double fine, double coarse) {
        return Math.max(index(PM2_5, Math.floor(fine * 10 + BINARY) / 10), index(PM10, Math.floor(coarse)));
    }

    /** What is beyond the last step goes on with its slope. */
    private static double index(List<Step> steps, double concentration) {
        var step = steps.stream()
                .filter(each -> concentration <= each.high)
                .findFirst()
                .orElse(steps.get(steps.size() - 1));
        return Math.floor(step.index(concentration) + 0.5); // also of what is not a number
    }
}
