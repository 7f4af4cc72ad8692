package io.hubmesh.audit.chain;

import java.util.List;

/**
 * What a check of the chain found.
 *
 * @param records how many were looked at
 * @param first sequence of the first that is kept; 0 when there is none
 * @param last sequence of the last
 * @param headHash hash of the last, to be noted elsewhere
 * @param anchored whether the end is also noted outside of the database, and agrees
 * @param findings what is wrong, in sentences, at most {@link Verification#MOST_FINDINGS}; empty when nothing is
 */
public record Verdict(long records, long first, long last, String headHash, boolean anchored, List<String> findings) {

    public Verdict {
        findings = List.copyOf(findings);
    }

    public boolean sound() {
        return findings.isEmpty();
    }
}
