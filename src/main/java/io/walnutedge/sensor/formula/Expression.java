package io.walnutedge.sensor.formula;

import com.fathzer.soft.javaluator.DoubleEvaluator;
import com.fathzer.soft.javaluator.Function;
import com.fathzer.soft.javaluator.Parameters;
import com.fathzer.soft.javaluator.StaticVariableSet;
import java.util.Map;
import java.util.OptionalDouble;

/** A formula of numbers, names, + - * / ^ %, brackets and functions. Immutable; any thread. */
final class Expression {
    /** What the library says where a function has no value for its argument, such as the logarithm of -1. */
    private static final String NO_VALUE = "Invalid argument passed to ";

    private static final DoubleEvaluator EVALUATOR = new DoubleEvaluator(parameters());

    private final String text;

    private Expression(String text) {
        this.text = text;
    }

    /** All of the library's functions but random, since a value is measured or it is none. */
    private static Parameters parameters() {
        var all = DoubleEvaluator.getDefaultParameters();
        var some = new Parameters();
        some.addOperators(all.getOperators());
        some.addConstants(all.getConstants());
        some.addFunctionBrackets(all.getFunctionBrackets());
        some.addExpressionBrackets(all.getExpressionBrackets());
        some.setFunctionArgumentSeparator(all.getFunctionArgumentSeparator().charAt(0));
        for (Function function : all.getFunctions()) {
            if (function != DoubleEvaluator.RANDOM) {
                some.add(function);
            }
        }
        return some;
    }

    /**
     * @param variables the names that it may use, with any values
     * @throws IllegalArgumentException with a sentence, if it is no formula or has other names
     */
    static Expression of(String text, Map<String, Double> variables) {
        var expression = new Expression(text);
        try {
            EVALUATOR.evaluate(text, set(variables));
        } catch (IllegalArgumentException wrong) {
            if (!isWithoutValue(wrong)) {
                throw wrong;
            }
        }
        return expression;
    }

    private static boolean isWithoutValue(IllegalArgumentException failed) {
        return failed.getMessage() != null && failed.getMessage().startsWith(NO_VALUE);
    }

    private static StaticVariableSet<Double> set(Map<String, Double> variables) {
        var set = new StaticVariableSet<Double>();
        variables.forEach(set::set);
        return set;
    }

    /** The value; empty where there is none, as of a division by zero. */
    OptionalDouble value(Map<String, Double> variables) {
        try {
            var value = EVALUATOR.evaluate(text, set(variables));
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (IllegalArgumentException failed) {
            if (isWithoutValue(failed)) {
                return OptionalDouble.empty();
            }
            throw failed;
        }
    }
}
