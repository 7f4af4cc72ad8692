package io.hubmesh.accounts.web;

import io.hubmesh.accounts.CreatedAccount;
import io.hubmesh.accounts.ImportPlan;
import io.hubmesh.accounts.PeopleImport;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.Items;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many accounts at once, for administrators. */
@RestController
@RequestMapping(path = "/api/v1/accounts/import", consumes = "text/csv")
class ImportController {

    private static final int BYTES_OF_A_CHARACTER = 3;

    private final PeopleImport people;

    ImportController(PeopleImport people) {
        this.people = people;
    }

    record Made(AccountResource account, @Nullable String generatedPassword) {

        static Made of(CreatedAccount created) {
            return new Made(AccountResource.of(created.account()), created.generatedPassword());
        }
    }

    /** Makes all of them, or none; the passwords are told only here. */
    @PostMapping
    Items<Made> apply(HttpServletRequest request) throws IOException {
        return new Items<>(people.apply(csv(request)).stream().map(Made::of).toList());
    }

    /** What it would do, and what is wrong, by line. Changes nothing. */
    @PostMapping("/plan")
    ImportPlan plan(HttpServletRequest request) throws IOException {
        return people.plan(csv(request));
    }

    private static String csv(HttpServletRequest request) throws IOException {
        int most = PeopleImport.LARGEST * BYTES_OF_A_CHARACTER;
        byte[] bytes = request.getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw new ProblemException(ProblemCode.TOO_LARGE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException otherwise) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "The text is not in UTF-8. Save it as “CSV UTF-8” and send it again.");
        }
    }
}
