import "@tabler/core/dist/css/tabler.min.css";
