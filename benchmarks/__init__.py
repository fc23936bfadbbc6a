"""What `./timeline bench` runs. Figures are ratios within one run: machines are shared and noisy."""
