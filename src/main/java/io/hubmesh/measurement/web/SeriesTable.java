package io.hubmesh.measurement.web;

import io.hubmesh.measurement.Series;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A series as comma-separated values (RFC 4180): a line of names, then one a point. No value needs quotes. */
final class SeriesTable {

    private static final String HEAD =
            "at,hubBytes,leaseBytes,peerBytes,wastedBytes,relayedBytes,hubDownloads," + "meshDownloads,peers,lostLinks";
    private static final String END_OF_LINE = "\r\n";

    private SeriesTable() {}

    static String of(Series series) {
        return Stream.concat(Stream.of(HEAD), series.points().stream().map(SeriesTable::line))
                .map(line -> line + END_OF_LINE)
                .collect(Collectors.joining());
    }

    private static String line(Series.Point point) {
        return Stream.of(
                        point.at(),
                        point.hubBytes(),
                        point.leaseBytes(),
                        point.peerBytes(),
                        point.wastedBytes(),
                        point.relayedBytes(),
                        point.hubDownloads(),
                        point.meshDownloads(),
                        point.peers(),
                        point.lostLinks())
                .map(Object::toString)
                .collect(Collectors.joining(","));
    }
}
