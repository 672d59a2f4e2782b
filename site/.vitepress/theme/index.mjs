// The fonts of the system: nothing to load, and no other origin.
import theme from "vitepress/theme-without-fonts";
import "./style.css";

export default theme;
