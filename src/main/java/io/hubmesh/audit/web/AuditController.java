package io.hubmesh.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.accounts.Subject;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.chain.Custody;
import io.hubmesh.audit.chain.Retention;
import io.hubmesh.audit.chain.RetentionBook;
import io.hubmesh.audit.chain.Trail;
import io.hubmesh.audit.chain.Verdict;
import io.hubmesh.audit.facts.Exports;
import io.hubmesh.web.EntityTag;
import io.hubmesh.web.Items;
import io.hubmesh.web.NextPart;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit, for administrators: newest first, in pages whose {@code Link} header (RFC 8288) names the next; exported whole; checked. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

    private static final String HERE = "/api/v1/audit";
    private static final int MOST = 200;

    private final Trail trail;
    private final Custody custody;
    private final RetentionBook retention;
    private final Sentences sentences;
    private final Exports exports;

    AuditController(Trail trail, Custody custody, RetentionBook retention, Sentences sentences, Exports exports) {
        this.trail = trail;
        this.custody = custody;
        this.retention = retention;
        this.sentences = sentences;
        this.exports = exports;
    }

    /** @param sound whether nothing was found */
    record Checked(
            boolean sound,
            long records,
            long first,
            long last,
            String headHash,
            boolean anchored,
            List<String> findings) {

        static Checked of(Verdict verdict) {
            return new Checked(
                    verdict.sound(),
                    verdict.records(),
                    verdict.first(),
                    verdict.last(),
                    verdict.headHash(),
                    verdict.anchored(),
                    verdict.findings());
        }
    }

    /** @param keepDays null keeps records for ever */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Keeping(@Nullable Integer keepDays) {}

    @GetMapping
    ResponseEntity<Items<RecordView>> page(
            @ModelAttribute Question question, @RequestParam(defaultValue = "50") int limit) {
        int most = Math.max(1, Math.min(limit, MOST));
        List<AuditRecord> records = trail.page(question.filter(), question.beforeSequence(), most + 1);
        List<AuditRecord> shown = records.subList(0, Math.min(most, records.size()));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (records.size() > most) {
            NextPart.link(answer, question.path(HERE, shown.get(most - 1).sequence()) + "&limit=" + most);
        }
        return answer.body(new Items<>(shown.stream()
                .map(record -> RecordView.of(record, sentences.of(record)))
                .toList()));
    }

    /** All that the question asks for, newest first, as {@code csv} or {@code jsonl}. */
    @Rated(Rate.EXPENSIVE)
    @GetMapping("/export")
    void export(
            @ModelAttribute Question question,
            @RequestParam(defaultValue = "JSONL") Export format,
            HttpServletResponse response)
            throws IOException {
        var filter = question.filter();
        exports.tell(format.name(), filter);
        response.setContentType(format.mediaType());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(format.fileName())
                        .build()
                        .toString());
        Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        out.write(format.head());
        trail.each(filter, record -> write(out, format.line(record, sentences.of(record))));
        out.flush();
    }

    /** Recomputes the whole chain. */
    @Rated(Rate.EXPENSIVE)
    @GetMapping("/verification")
    Checked verify() {
        return Checked.of(custody.verify());
    }

    @GetMapping("/settings")
    ResponseEntity<Keeping> settings() {
        Retention now = retention.now();
        return ResponseEntity.ok().eTag(EntityTag.of(now.version())).body(new Keeping(now.keepDays()));
    }

    @PutMapping("/settings")
    ResponseEntity<Keeping> change(Subject subject, @RequestBody Keeping wanted, HttpServletRequest request) {
        long version = EntityTag.required(request.getHeader(HttpHeaders.IF_MATCH));
        Retention now = retention.change(subject, request.getRemoteAddr(), new Retention(version, wanted.keepDays()));
        return ResponseEntity.ok().eTag(EntityTag.of(now.version())).body(new Keeping(now.keepDays()));
    }

    private static void write(Writer out, String line) {
        try {
            out.write(line);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
