package io.hubmesh.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.List;
import java.util.Objects;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.StringUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a body that could not be read: the member is named, where it is one; what refuses its value says itself why. */
final class UnreadableBody {

    /** In characters; our own names are shorter. Somebody else's are as long as they like. */
    private static final int LONGEST_NAME_SHOWN = 64;

    private UnreadableBody() {}

    static ProblemException problem(HttpMessageNotReadableException unreadable) {
        if (unreadable.getCause() instanceof UnrecognizedPropertyException unknown) {
            String known = StringUtils.collectionToDelimitedString(unknown.getKnownPropertyIds(), ", ");
            return malformed("Nothing reads the member \"" + shown(unknown.getPropertyName()) + "\"; there may be: "
                    + known + ".");
        }
        if (unreadable.getCause() instanceof MismatchedInputException unfit) {
            List<String> names = unfit.getPath().stream()
                    .map(JacksonException.Reference::getPropertyName)
                    .filter(Objects::nonNull)
                    .toList();
            if (!names.isEmpty()) {
                return malformed(
                        "The member \"" + shown(String.join(".", names)) + "\" is missing, or cannot be that.");
            }
        }
        return unreadable.getMostSpecificCause() instanceof ProblemException told
                ? told
                : new ProblemException(ProblemCode.MALFORMED_REQUEST, unreadable);
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED_REQUEST, detail);
    }

    private static String shown(String name) {
        int[] points = name.codePoints().limit(LONGEST_NAME_SHOWN).toArray();
        return new String(points, 0, points.length)
                + (name.codePointCount(0, name.length()) > LONGEST_NAME_SHOWN ? "…" : "");
    }
}
