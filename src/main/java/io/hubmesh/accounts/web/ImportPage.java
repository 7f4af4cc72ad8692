package io.hubmesh.accounts.web;

import io.hubmesh.accounts.CreatedAccount;
import io.hubmesh.accounts.PeopleImport;
import io.hubmesh.kernel.ProblemException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where an administrator has many accounts made at once: first sees what would happen, then has it happen. Plain forms. */
@Controller
@RequestMapping("/administration/people/import")
class ImportPage {

    private static final String HERE = "redirect:/administration/people/import";

    private final PeopleImport people;

    ImportPage(PeopleImport people) {
        this.people = people;
    }

    @GetMapping
    String form() {
        return "import";
    }

    @PostMapping("/plan")
    String plan(@RequestParam String csv, RedirectAttributes next) {
        next.addFlashAttribute("csv", csv);
        next.addFlashAttribute("plan", people.plan(csv));
        return HERE;
    }

    @PostMapping
    String apply(@RequestParam String csv, RedirectAttributes next) throws IOException {
        try {
            List<CreatedAccount> created = people.apply(csv);
            next.addFlashAttribute("created", created);
            next.addFlashAttribute("download", download(created));
            return HERE;
        } catch (ProblemException changedMeanwhile) {
            return plan(csv, next);
        }
    }

    /** The names and passwords as an address that is the file itself, so that the hub keeps no copy of them (RFC 2397). */
    private static String download(List<CreatedAccount> created) throws IOException {
        StringWriter csv = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(csv, CSVFormat.RFC4180)) {
            printer.printRecord("name", "password");
            for (CreatedAccount account : created) {
                printer.printRecord(account.account().name(), account.generatedPassword());
            }
        }
        return "data:text/csv;base64,"
                + Base64.getEncoder().encodeToString(csv.toString().getBytes(StandardCharsets.UTF_8));
    }
}
