package io.walnutedge.filter;

import java.util.List;
import java.util.OptionalDouble;

/** A polynomial that comes nearest to points by least squares. Immutable; any thread. */
final class Polynomial implements Filter {
    private final double center;
    private final double half;
    private final double[] coefficients;

    /** @param points with different raw values, more of them than the degree, by rising raw value */
    Polynomial(List<PiecewiseLinear.Point> points, int degree) {
        var first = points.get(0).raw();
        var last = points.get(points.size() - 1).raw();
        center = first / 2 + last / 2;
        half = last / 2 - first / 2;
        coefficients = solve(normal(points, degree));
    }

    /** From -1 to 1 between the outer points: powers of numbers of that size can be told apart by the solution. */
    private double scaled(double raw) {
        return (raw - center) / half;
    }

    @Override
    public OptionalDouble apply(double value, long nanos) {
        var x = scaled(value);
        var sum = 0.0;
        for (var i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return OptionalDouble.of(sum);
    }

    /** The normal equations, with the right side as the last column. */
    private double[][] normal(List<PiecewiseLinear.Point> points, int degree) {
        var size = degree + 1;
        var rows = new double[size][size + 1];
        for (var point : points) {
            var x = scaled(point.raw());
            for (var row = 0; row < size; row++) {
                for (var column = 0; column < size; column++) {
                    rows[row][column] += Math.pow(x, (double) row + column);
                }
                rows[row][size] += Math.pow(x, row) * point.truth();
            }
        }
        return rows;
    }

    /** Gauss's elimination with the largest pivot of each column. */
    private static double[] solve(double[][] rows) {
        var size = rows.length;
        for (var pivot = 0; pivot < size; pivot++) {
            swapLargest(rows, pivot);
            for (var row = pivot + 1; row < size; row++) {
                subtract(rows[row], rows[pivot], rows[row][pivot] / rows[pivot][pivot]);
            }
        }
        var solution = new double[size];
        for (var row = size - 1; row >= 0; row--) {
            var rest = rows[row][size];
            for (var column = row + 1; column < size; column++) {
                rest -= rows[row][column] * solution[column];
            }
            solution[row] = rest / rows[row][row];
        }
        return solution;
    }

    private static void swapLargest(double[][] rows, int pivot) {
        var largest = pivot;
        for (var row = pivot + 1; row < rows.length; row++) {
            if (Math.abs(rows[row][pivot]) > Math.abs(rows[largest][pivot])) {
                largest = row;
            }
        }
        var swapped = rows[pivot];
        rows[pivot] = rows[largest];
        rows[largest] = swapped;
    }

    private static void subtract(double[] row, double[] other, double times) {
        for (var i = 0; i < row.length; i++) {
            row[i] -= other[i] * times;
        }
    }
}
