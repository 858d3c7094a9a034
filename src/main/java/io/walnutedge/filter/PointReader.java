package io.walnutedge.filter;

import io.walnutedge.hocon.ConfigTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads a calibration by points. One thread. */
final class PointReader {
    private static final double LIMIT = 1e12;
    private static final int MOST = 100;
    /** Higher ones swing between their points. */
    private static final int HIGHEST_DEGREE = 6;

    private PointReader() {}

    private enum Method {
        LINEAR,
        POLYNOMIAL
    }

    static FilterMaker read(ConfigTable section) {
        var points = points(section);
        var method = section.choice("method", Method.LINEAR);
        var degree = section.integer("degree", 2, 1, HIGHEST_DEGREE);
        if (method == Method.LINEAR && section.has("degree")) {
            section.problem("degree", "is of a polynomial; write method = polynomial beside it");
        }
        var needed = method == Method.LINEAR ? 2 : degree + 1;
        if (points.size() < needed || points.size() > MOST) {
            section.problem("points", "there are " + points.size() + "; accepted: " + needed + " to " + MOST);
            return around -> new Linear(1, 0);
        }
        // made once: it has no state
        var filter = method == Method.LINEAR ? new PiecewiseLinear(points) : new Polynomial(points, degree);
        return around -> filter;
    }

    /** By rising raw value; those that are there twice are a problem, and left out. */
    private static List<PiecewiseLinear.Point> points(ConfigTable section) {
        var points = new ArrayList<PiecewiseLinear.Point>();
        section.rows("points", 2, LIMIT).forEach(row -> points.add(new PiecewiseLinear.Point(row.get(0), row.get(1))));
        points.sort(Comparator.comparingDouble(PiecewiseLinear.Point::raw));
        for (var i = points.size() - 1; i > 0; i--) {
            if (points.get(i).raw() == points.get(i - 1).raw()) {
                section.problem("points", "the raw value " + points.get(i).raw() + " is there twice");
                points.remove(i);
            }
        }
        return points;
    }
}
